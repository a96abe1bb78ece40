//! How many reading types a core parses and prints in a second, and what that allocates:
//! `cargo bench -p metering-model`.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a benchmark shall end it")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use metering_model::ReadingType;

/// The code that load profiles are made of, and one as long as a code can be.
const TEXTS: [&str; 2] = [
    "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
    "65535.65535.65535.65535.65535.65535.65535.65535.65535.65535.65535.65535.65535.65535.65535.-128.65535.65535",
];

/// Each figure is the best of so many rounds.
const ROUNDS: usize = 5;
const TIMES: u32 = 2_000_000;

fn measure(what: &str, text: &str, mut once: impl FnMut()) {
    let best = (0..ROUNDS)
        .map(|_| {
            let started = Instant::now();
            (0..TIMES).for_each(|_| once());
            f64::from(TIMES) / started.elapsed().as_secs_f64()
        })
        .fold(0.0, f64::max);
    let allocations = allocation_counter::measure(once).count_total;
    println!("{what:28} {:6.1} million/s, {allocations} allocations, {} bytes", best / 1e6, text.len());
}

fn main() {
    for text in TEXTS {
        let code: ReadingType = text.parse().unwrap();
        let mut buffer = String::with_capacity(128);
        measure("parse", text, || {
            black_box(black_box(text).parse::<ReadingType>().unwrap());
        });
        measure("print into a buffer", text, || {
            buffer.clear();
            write!(buffer, "{}", black_box(&code)).unwrap();
            black_box(&buffer);
        });
        measure("to_string", text, || {
            black_box(black_box(&code).to_string());
        });
    }
}
