//! Settlement files and what they mean.
