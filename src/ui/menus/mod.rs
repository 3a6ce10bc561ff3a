//! The menu bar and its menus, by pointer and by keys.

pub mod looks_menu;
pub mod menu;
pub mod menu_keys;
pub mod reading_menu;
