//! What a panic prints, and when.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::Write;
use std::panic::PanicHookInfo;
use std::sync::Once;

use crate::domain::safe_text::SafeText;

/// From now on a panic on any thread hands the terminal back first, and prints afterwards.
///
/// While the terminal was ours the words are printed by us and not by the hook before us: a panic message may
/// quote a customer's text (that of a slice between two characters does), and text from outside reaches a
/// terminal only as [`SafeText`]. Otherwise the hook before us speaks, as if we had never been here.
pub(super) fn restore_first() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if super::guard::restore() {
                report(panic);
            } else {
                before(panic);
            }
        }));
    });
}

fn report(panic: &PanicHookInfo<'_>) {
    let message = panic
        .payload()
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.payload().downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    let place = panic
        .location()
        .map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed").to_owned();

    let mut text = format!(
        "intake: a fault of ours stopped the console; every deed that it had confirmed is saved\n\
         thread '{thread}' panicked at {place}:\n{}\n",
        SafeText::block(message)
    );
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        text.push_str(&backtrace.to_string());
    } else {
        text.push_str("set RUST_BACKTRACE=1 to see how it came to this\n");
    }
    // Standard error may be closed; there is nobody left to tell.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
