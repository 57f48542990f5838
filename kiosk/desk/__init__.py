"""The practice's server: takes facts, folds them into visits, shows the live board, passes on."""
