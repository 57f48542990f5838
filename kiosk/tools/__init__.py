"""Commands for people: demo, tour, doctor, bench, scan; one file each, and what they share."""
