//! How fast readings go in over real HTTPS, as ratios to what the same machine does in the same
//! run with no server in front: `cargo bench -p metering-server` (docs/performance.md).
//!
//! ```text
//! cargo bench -p metering-server -- [--meters 10000] [--rounds 3] [--clients 4] [--time-major] [--postgresql URL]
//! ```

#![allow(clippy::unwrap_used, reason = "what goes wrong in a benchmark shall end it")]

mod day;
mod server;
mod yardsticks;

use std::time::Duration;

use day::{Day, Notation, Order};
use server::Running;

struct Arguments {
    meters: usize,
    rounds: usize,
    clients: usize,
    order: Order,
    postgresql: Option<String>,
}

fn arguments() -> Arguments {
    let mut given = std::env::args().skip(1);
    let mut arguments = Arguments {
        meters: 10_000,
        rounds: 3,
        clients: 4,
        order: Order::DeviceMajor,
        postgresql: std::env::var("METERING_TEST_DATABASE_URL").ok(),
    };
    while let Some(name) = given.next() {
        let mut number =
            || given.next().and_then(|it| it.parse().ok()).unwrap_or_else(|| panic!("{name} needs a number"));
        match name.as_str() {
            "--meters" => arguments.meters = number(),
            "--rounds" => arguments.rounds = number(),
            "--clients" => arguments.clients = number(),
            "--postgresql" => arguments.postgresql = given.next(),
            "--time-major" => arguments.order = Order::TimeMajor,
            "--bench" => {} // cargo says so
            other => panic!("unknown argument {other}"),
        }
    }
    arguments
}

/// The middle one.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn per_second(readings: usize, time: Duration) -> f64 {
    readings as f64 / time.as_secs_f64()
}

fn main() {
    let arguments = arguments();
    let [day, code, xml] = [Notation::Words, Notation::Code, Notation::Xml]
        .map(|notation| Day::of(arguments.meters, arguments.order, notation));
    println!(
        "{:?}: {} readings of {} meters in {} requests of up to {}, {} clients, {} rounds (medians; M = million readings a second)",
        arguments.order,
        day.readings(),
        arguments.meters,
        day.requests.len(),
        day::BATCH,
        arguments.clients,
        arguments.rounds,
    );
    measure("SQLite", &arguments, [&day, &code, &xml], None);
    match arguments.postgresql.as_deref() {
        Some(url) => measure("PostgreSQL", &arguments, [&day, &code, &xml], Some(url)),
        None => println!("PostgreSQL: not measured; give --postgresql URL or METERING_TEST_DATABASE_URL"),
    }
}

/// Each round measures the yardsticks and the server one after the other, so that a machine that
/// grows slower or faster does so for both.
fn measure(engine: &str, arguments: &Arguments, [day, code, xml]: [&Day; 3], postgresql: Option<&str>) {
    let (mut alone, mut rows, mut served, mut memory) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let mut other = [Vec::new(), Vec::new()];
    let (mut reads, mut health, mut fetched) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..arguments.rounds {
        alone.push(per_second(day.readings(), yardsticks::read_check_and_pack(day)));
        rows.push(per_second(
            day.readings(),
            match postgresql {
                None => yardsticks::rows_in_sqlite(day),
                Some(url) => yardsticks::copy_to_postgresql(day, url),
            },
        ));
        let running = Running::start(postgresql);
        let ingest = running.send(day, arguments.clients);
        served.push(per_second(day.readings(), ingest.time));
        memory = memory.max(ingest.resident);
        let (read, alive) = running.one_meters_day(day);
        reads.push(read.as_secs_f64() * 1e6);
        health.push(alive.as_secs_f64() * 1e6);
        fetched.push(per_second(day.readings(), running.fetch_and_compare(day)));
        for (served, day) in other.iter_mut().zip([code, xml]) {
            let running = Running::start(postgresql);
            let ingest = running.send(day, arguments.clients);
            served.push(per_second(day.readings(), ingest.time));
            memory = memory.max(ingest.resident);
            running.fetch_and_compare(day);
        }
    }
    let ratios = |of: &[f64], to: &[f64]| median(of.iter().zip(to).map(|(of, to)| of / to).collect());
    let (over_alone, over_rows) = (ratios(&served, &alone), ratios(&served, &rows));
    let [with_code, in_xml] = other;
    let (xml_over_words, xml_over_code) = (ratios(&in_xml, &served), ratios(&in_xml, &with_code));
    let read_over_health = ratios(&reads, &health);
    let (mark, rows_name) = match postgresql {
        None => ("(b)", "rows in the bare engine"),
        Some(_) => ("(c)", "COPY of plain rows"),
    };
    println!("\n{engine}");
    println!("  over HTTPS                    {:8.2} M", median(served) / 1e6);
    println!("  (a) read, check, pack, 1 core {:8.2} M   served/(a) {over_alone:.2}", median(alone) / 1e6);
    println!("  {mark} {rows_name:26}{:8.2} M   served/{mark} {over_rows:.2}", median(rows) / 1e6);
    println!("  JSON with codes only          {:8.2} M", median(with_code) / 1e6);
    println!(
        "  XML                           {:8.2} M   XML/JSON {xml_over_words:.2}, with codes only {xml_over_code:.2}",
        median(in_xml) / 1e6
    );
    println!("  resident memory at the most   {:8} MB", memory >> 20);
    println!(
        "  one meter's day               {:8.0} us  over /health ({:.0} us) {read_over_health:.2}",
        median(reads),
        median(health)
    );
    println!("  all of it back, digit by digit{:8.2} M", median(fetched) / 1e6);
}
