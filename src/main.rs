//! Arguments to a command or the window, and the only exit codes.

fn main() {
    if let Err(e) = downhill::ui::open(None) {
        eprintln!("{e}");
        std::process::exit(1)
    }
}
