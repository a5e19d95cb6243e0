//! Face to be written.
