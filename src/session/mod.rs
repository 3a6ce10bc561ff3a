//! Scenario plus everything derived from it, each cached under what it depends on.
