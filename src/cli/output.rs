//! Standard output, which its reader may close at any time.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

use super::Failure;

/// Prints what is written, and then the lines about the ends of the runs to standard error.
pub fn print(
    write: impl FnOnce(&mut BufWriter<StdoutLock>) -> io::Result<Vec<String>>,
) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let ends = write(&mut out).and_then(|ends| {
        out.flush()?;
        Ok(ends)
    });
    match ends {
        Ok(ends) => {
            for end in ends {
                eprintln!("{end}");
            }
            Ok(())
        }
        // The reader has seen enough, as `head` has.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::Work(format!("What is printed could not be written: {error}."))),
    }
}
