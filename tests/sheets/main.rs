//! Spreadsheets, read by a process of their own: what arrives, and what becomes of those that are forged or broken.

mod bombs;
mod corpus;
mod process;
mod tables;
mod workbook;
