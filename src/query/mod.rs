//! The filter language: syntax tree, parser, printer, completion.
//!
//! One language serves the filters of the console, saved views and the command line; [`About`] tells the fields of feedback from
//! those of ideas. It is searched **while it is typed**,
//! so it forgives: an open quote or parenthesis is closed at the end, a stray one is text or ignored, an `or` without a
//! side is skipped, and what is no known field is text to search for. The one thing that is an error is a known field
//! with a wrong value: to search for the text `importance:high` when an importance was meant would answer a question
//! that nobody asked, with an empty list. Each such [`Fault`] has its column and its remedy, and all are reported at once.
//!
//! ```text
//! filter  = { item } ;
//! item    = "or" | "and" | [ "-" ] ( group | phrase | field | word ) ;
//! group   = "(" { item } [ ")" ] ;                         (* a ")" that closes nothing is ignored *)
//! phrase  = '"' { char | '\"' | '\\' } [ "*" ] ( '"' | end ) ;   (* with a "*" its last word may be a beginning *)
//! field   = name ":" value { "," value } ;                 (* name: one of FIELDS, whatever its case *)
//! value   = [ phrase ] { char - ( blank | "(" | ")" | "," ) } ;
//! word    = char { char } ;                                (* up to a blank or a parenthesis *)
//!
//! effort     = importance ;                               (* with its own levels *)
//! demand     = digits | ( ">" | ">=" | "<" | "<=" ) digits | [ digits ] ".." [ digits ] ;
//! importance = level | ( ">" | ">=" | "<" | "<=" ) level | [ level ] ".." [ level ] ;
//! age        = span  | ( ">" | ">=" | "<" | "<=" ) span  | [ span ] ".." [ span ] ;
//! span       = digits ( "m" | "h" | "d" | "w" | "y" ) ;
//! received   = date  | ( ">" | ">=" | "<" | "<=" ) date  | [ date ] ".." [ date ] ;
//! date       = year [ "-" month [ "-" day ] ] ;
//! sort       = [ "-" ] key ;
//! ```
//!
//! - What stands side by side must all hold; `or` binds weaker than that, so `a b or c` is `(a b) or c`. `and` may be
//!   written and changes nothing. `-` negates what follows it directly; `-` alone and `--force` are text.
//! - Values between commas are alternatives: `owner:@hana,none`.
//! - `sort:` is no condition; it orders the whole list wherever it stands, and of one key said twice the first counts.
//! - A quoted value is a name and nothing else: `tag:"none"` is the tag called none, `tag:none` is no tag.
//! - A comparison by age counts the time since the feedback was received: `>7d` is seven days or more, `<7d` less, and
//!   `7d` is what a list shows as 7d. Nothing here knows the clock: whoever evaluates the tree has it.
//!
//! Names stay as they were typed, for only the workspace knows them, and a name it does not know is its error to report.
//! Text stays as it was typed, too; how it is cut into terms is the business of the search room.
//!
//! Both limits below are there for the evaluation: databases bound the depth and the size of an expression. The parser
//! itself keeps its groups on the heap and reads every character once.

mod about;
mod complete;
mod fault;
mod fewer;
mod field;
mod holds;
mod idea_texts;
mod lex;
mod parse;
mod print;
mod range;
mod read;
mod stray;
mod tree;
mod unknown;
mod value;

pub use about::About;
pub use complete::{Candidate, Completions, complete};
pub use fault::{Fault, columns_of, excerpt, problem};
pub use field::{FIELDS, Field, IDEA_FIELDS, IdeaField, Row, Value, reference};
pub use idea_texts::IdeaTexts;
pub use parse::{parse, parse_accepted, parse_typed};
pub use range::{AgeRange, CountRange, DateRange, Span, Unit};
pub use stray::Stray;
pub use tree::{Expr, IdeaTerm, Query, Term};
pub use unknown::UnknownName;
pub use value::{Fixed, Has, Is, NameField, Sort, SortKey, Wanted, Word};

/// How deep conditions may be nested. Parentheses around a single one do not count.
pub const MOST_DEPTH: usize = 64;

/// How many words and values a filter may have, those between commas counted one by one.
pub const MOST_TERMS: usize = 500;

#[cfg(test)]
mod tests;
