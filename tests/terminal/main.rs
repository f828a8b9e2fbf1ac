//! The terminal's rooms in a real pseudo-terminal: whatever ends the console, the terminal is as it was found.
//!
//! The program under test is this test binary itself, started a second time inside the pseudo-terminal with
//! [`probe::probe`] as its only test: a tiny console out of the same parts as the real one, which can also be told
//! to panic; the tests in [`console`] start the real binary. No test sleeps; each waits until the screen or the process has reached a state.

mod console;
mod import;
mod probe;
mod pty;

use std::process::{Command, Stdio};

use pty::Pty;

/// Starts the probe in a pseudo-terminal of its own and waits until it has drawn.
fn started() -> Pty {
    let pty = Pty::run(&probe::command());
    pty.wait_for("the probe is on the screen", |screen| {
        screen.alternate_screen() && screen.contents().contains("probe 80x24")
    });
    pty
}

/// Starts the probe as a job of a shell with job control, between two marks.
fn started_by_shell() -> Pty {
    let script = "set -m; stty -echo; echo shell is up; \"$@\"; echo stopped:$?; read line; fg; echo ended:$?";
    let mut command = vec![
        "sh".to_owned(),
        "-c".to_owned(),
        script.to_owned(),
        "sh".to_owned(),
    ];
    command.extend(probe::command());
    let pty = Pty::run(&command);
    pty.wait_for("the probe is on the screen", |screen| {
        screen.alternate_screen() && screen.contents().contains("probe 80x24")
    });
    pty
}

#[test]
fn quitting_leaves_the_terminal_as_it_was_found() {
    let mut pty = started();
    assert!(pty.is_taken());
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_as_found();
}

#[test]
fn the_mouse_is_off_until_it_is_switched_on_and_off_again_at_the_end() {
    let mut pty = started();
    assert!(!pty.with_screen(has_mouse));
    pty.type_in("m");
    pty.wait_for("mouse reports are on", has_mouse);
    pty.type_in("\x1b[<0;5;7M");
    pty.wait_for_text("Press at 4,6");
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_as_found();
}

fn has_mouse(screen: &vt100::Screen) -> bool {
    screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
}

#[test]
fn every_signal_that_ends_the_console_leaves_the_terminal_as_it_was_found() {
    for (signal, code) in [("HUP", 129), ("INT", 130), ("QUIT", 131), ("TERM", 143)] {
        let mut pty = started();
        pty.type_in("m");
        pty.wait_for("mouse reports are on", has_mouse);
        pty.signal(signal);
        assert_eq!(pty.exit_code(), code, "after SIG{signal}");
        pty.assert_as_found();
    }
}

#[test]
fn a_panic_is_printed_on_the_screen_that_was_found_and_cannot_drive_the_terminal() {
    for (key, thread) in [("p", "panicked"), ("t", "thread 'other' panicked")] {
        let mut pty = started();
        pty.type_in(key);
        assert_eq!(pty.exit_code(), 101);
        pty.assert_as_found();
        pty.wait_for("the panic", |screen| {
            screen.contents().contains(thread) && screen.contents().contains("evil ␛[31m words")
        });
    }
}

#[test]
fn a_resize_is_drawn_at_the_new_size() {
    let mut pty = started();
    pty.resize(100, 30);
    pty.wait_for_text("probe 100x30");
    pty.resize(20, 5);
    pty.wait_for_text("probe 20x5");
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_paste_arrives_as_one_text() {
    let mut pty = started();
    pty.type_in("\x1b[200~one\rtwo q\x1b[201~");
    pty.wait_for_text("pasted \"one\\ntwo q\"");
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_draws_everything_again() {
    let mut pty = started_by_shell();
    pty.type_in("\x1a");
    pty.wait_for_text("stopped:");
    pty.assert_released();
    pty.type_in("\n");
    pty.wait_for("the probe is back", |screen| {
        screen.alternate_screen() && screen.contents().contains("probe 80x24")
    });
    assert!(pty.is_taken());
    pty.type_in("x");
    pty.wait_for_text("key x");
    pty.type_in("q");
    pty.wait_for_text("ended:0");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_released();
}

#[test]
fn a_stop_signal_from_outside_gives_the_terminal_back_as_well() {
    let mut pty = started_by_shell();
    pty.signal_foreground("TSTP");
    pty.wait_for_text("stopped:");
    pty.assert_released();
    pty.type_in("\n");
    pty.wait_for("the probe is back", |screen| {
        screen.alternate_screen() && screen.contents().contains("probe 80x24")
    });
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_stop_without_warning_is_repaired_when_the_console_goes_on() {
    let mut pty = started_by_shell();
    pty.signal_foreground("STOP");
    pty.wait_for_text("stopped:");
    pty.type_in("\n");
    pty.wait_for("the probe is drawn alone", |screen| {
        screen.alternate_screen()
            && screen.contents().contains("probe 80x24")
            && !screen.contents().contains("stopped:")
    });
    assert!(pty.is_taken());
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_released();
}

#[test]
fn without_a_shell_to_return_to_the_console_refuses_to_stop() {
    let mut pty = started();
    pty.type_in("\x1a");
    pty.wait_for_text("1: cannot suspend the console");
    pty.signal("TSTP");
    pty.wait_for_text("2: cannot suspend the console");
    pty.type_in("x");
    pty.wait_for_text("3: key x");
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn an_editor_gets_the_terminal_as_it_was_found_and_every_key() {
    let mut pty = Pty::run_with(
        &probe::command(),
        &[(
            "PROBE_EDITOR",
            "sh -c 'echo editor is up; IFS= read -r line; echo \"$line\" >> \"$1\"' editor",
        )],
    );
    pty.wait_for_text("probe 80x24");
    // Typed ahead in one piece: the console must not take `q` for itself.
    pty.type_in("eq");
    pty.wait_for_text("editor is up");
    pty.assert_released();
    pty.type_in("quit? no: typed\n");
    pty.wait_for("the edited text", |screen| {
        screen.alternate_screen()
            && screen
                .contents()
                .contains("edited \"a text\\nquit? no: typed\"")
    });
    assert!(pty.is_taken());
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_as_found();
}

#[test]
fn an_interrupt_during_the_editor_is_the_editors_and_its_disorder_is_put_right() {
    let mut pty = Pty::run_with(
        &probe::command(),
        &[(
            "PROBE_EDITOR",
            "sh -c 'trap \"echo interrupted; stty raw -echo; exit 1\" INT; echo editor is up; read line' editor",
        )],
    );
    pty.wait_for_text("probe 80x24");
    pty.type_in("e");
    pty.wait_for_text("editor is up");
    pty.type_in("\x03");
    pty.wait_for("the problem", |screen| {
        screen.alternate_screen() && screen.contents().contains("exit status: 1")
    });
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_as_found();
}

#[test]
fn a_terminal_that_goes_away_ends_the_console() {
    let pty = started();
    assert_eq!(pty.hang_up(), 129);
}

#[test]
fn a_terminal_that_nobody_reads_cannot_keep_the_console_from_ending() {
    let mut pty = started();
    pty.stop_reading();
    // The flood fills the pseudo-terminal, so that the loop is stuck in a write when the signal comes.
    pty.type_in("f");
    pty.signal("TERM");
    assert_eq!(pty.exit_code(), 143);
    pty.assert_line_modes_as_found();
}

#[test]
fn where_there_is_no_terminal_nothing_is_drawn() {
    let command = probe::command();
    let output = Command::new(&command[0])
        .args(&command[1..])
        .env("INTAKE_PROBE", "1")
        .stdin(Stdio::null())
        .output()
        .expect("the probe starts");
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        error.contains("standard input is not a terminal"),
        "{error}"
    );
    assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b));
}
