//! What crossterm read, in the console's own words.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::app::key::{Code, Key};
use crate::app::message::{Message, Mouse};

/// The message that an event is, if the console has a use for it. The terminal's size is not taken from here: it
/// comes by SIGWINCH, on a thread that is never paused.
pub(super) fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(event) => key(event).map(Message::Key),
        Event::Paste(text) => Some(Message::Paste(
            text.replace("\r\n", "\n").replace('\r', "\n"),
        )),
        Event::Mouse(event) => mouse(event),
        Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
    }
}

/// Shift is dropped from characters, which carry it already; with control the case says nothing either, because
/// terminals send one byte for both.
fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event
        .modifiers
        .intersects(KeyModifiers::ALT | KeyModifiers::META);
    let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        KeyCode::Char(character) => {
            shift = false;
            Code::Char(if control {
                character.to_ascii_lowercase()
            } else {
                character
            })
        }
        KeyCode::BackTab => {
            shift = true;
            Code::Tab
        }
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::Function(number),
        _ => return None,
    };
    Some(Key {
        code,
        control,
        alt,
        shift,
    })
}

fn mouse(event: MouseEvent) -> Option<Message> {
    let action = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Mouse::Press,
        MouseEventKind::ScrollUp => Mouse::WheelUp,
        MouseEventKind::ScrollDown => Mouse::WheelDown,
        _ => return None,
    };
    Some(Message::Mouse {
        action,
        column: event.column,
        row: event.row,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        key(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn a_character_carries_its_shift_itself() {
        assert_eq!(
            pressed(KeyCode::Char('A'), KeyModifiers::SHIFT),
            Some(Key::char('A'))
        );
        assert_eq!(
            pressed(
                KeyCode::Char('D'),
                KeyModifiers::CONTROL | KeyModifiers::SHIFT
            ),
            Some(Key::control('d'))
        );
    }

    #[test]
    fn shift_stays_on_keys_that_are_no_characters() {
        let shifted = |code| {
            Some(Key {
                shift: true,
                ..Key::plain(code)
            })
        };
        assert_eq!(
            pressed(KeyCode::BackTab, KeyModifiers::NONE),
            shifted(Code::Tab)
        );
        assert_eq!(pressed(KeyCode::Up, KeyModifiers::SHIFT), shifted(Code::Up));
        assert_eq!(
            pressed(KeyCode::Down, KeyModifiers::ALT),
            Some(Key {
                alt: true,
                ..Key::plain(Code::Down)
            })
        );
    }

    #[test]
    fn letting_a_key_go_and_keys_without_a_name_say_nothing() {
        let mut event = KeyEvent::new(KeyCode::Char('e'), KeyModifiers::NONE);
        event.kind = KeyEventKind::Release;
        assert_eq!(message(Event::Key(event)), None);
        assert_eq!(pressed(KeyCode::CapsLock, KeyModifiers::NONE), None);
    }

    #[test]
    fn a_paste_has_one_kind_of_line_end() {
        assert_eq!(
            message(Event::Paste("a\r\nb\rc\n".into())),
            Some(Message::Paste("a\nb\nc\n".into()))
        );
    }

    #[test]
    fn the_wheel_and_the_left_button_are_all_of_the_mouse() {
        let event = |kind| {
            message(Event::Mouse(MouseEvent {
                kind,
                column: 3,
                row: 4,
                modifiers: KeyModifiers::NONE,
            }))
        };
        assert_eq!(
            event(MouseEventKind::ScrollDown),
            Some(Message::Mouse {
                action: Mouse::WheelDown,
                column: 3,
                row: 4
            })
        );
        assert_eq!(event(MouseEventKind::Moved), None);
        assert_eq!(event(MouseEventKind::Up(MouseButton::Left)), None);
    }
}
