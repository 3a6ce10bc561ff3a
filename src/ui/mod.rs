//! The window: panels, playback, shortcuts, files, style. Owns no numerics.
