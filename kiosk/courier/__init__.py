"""The device's only network client: delivers the outbox, keeps the day cache, asks, enrols."""
