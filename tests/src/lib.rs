//! Placeholder face, replaced with the first content.
