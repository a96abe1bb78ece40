//! cursor.
