//! Totals the two days of a year on which the clock changes, one value estimated and some missing:
//!
//! ```text
//! cargo run -p metering-model --features time-zones --example day_across_a_clock_change
//! ```

use std::error::Error;

use chrono::NaiveDate;
use metering_model::aggregation::{DemandBlock, Operation, Standing, ValueAt, demand, sum};
use metering_model::calendar::{IntervalLength, Schedule, Zone};
use metering_model::reading_type::MacroPeriod;
use metering_model::{Decimal, Qualities, ReadingType, Scale};

fn main() -> Result<(), Box<dyn Error>> {
    let zone: Zone = "Europe/Berlin".parse()?;
    println!("Time zone {zone}, rules of the IANA database {}", Zone::DATABASE);
    for date in ["2024-03-31", "2024-10-27"] {
        print_day(zone, date.parse()?)?;
    }
    Ok(())
}

/// A household that draws 0.125 kWh in each quarter of an hour of the night, and 0.300 by day.
fn print_day(zone: Zone, date: NaiveDate) -> Result<(), Box<dyn Error>> {
    let reading_type: ReadingType = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
    let (good, estimated) = (Qualities::good(), Qualities::new(["3.8.0".parse()?]));
    let (night, by_day) = (Decimal::new(125, Scale::S3)?, Decimal::new(300, Scale::S3)?);

    let day = zone.day(date)?;
    let schedule = Schedule::every(IntervalLength::QUARTER_HOUR, day)?;
    let clock = |end| zone.clock_at_start(end, IntervalLength::QUARTER_HOUR).format("%H:%M").to_string();
    let mut values = Vec::new();
    for end in schedule.stamps() {
        let begins = clock(end);
        // An hour at noon never came, and the first quarter after it was estimated.
        if begins.starts_with("12:") {
            continue;
        }
        let value = if ("06:00".."22:00").contains(&begins.as_str()) { by_day } else { night };
        let qualities = if begins == "13:00" { &estimated } else { &good };
        values.push(ValueAt { time_stamp: end, value: Some(value), qualities });
    }

    let total = sum(&reading_type, values.iter().copied(), &schedule)?;
    let peak = demand(&reading_type, values, &schedule, DemandBlock::fixed(IntervalLength::HALF_HOUR))?;
    let coverage = &total.coverage;

    println!("\n{date}, {day}: {} quarter hours", schedule.expected().unwrap_or(0));
    match total.total {
        Some(total) => println!("  total    {total} kWh"),
        None => println!("  total    not known"),
    }
    println!("  as       {}", Operation::Sum.reading_type(&reading_type, MacroPeriod::DAILY)?);
    println!("  rests on {} of {} values", coverage.values(), coverage.expected().unwrap_or(0));
    for standing in Standing::ALL.iter().filter(|standing| coverage.count(**standing) > 0) {
        println!("           {:>3} {standing}", coverage.count(*standing));
    }
    for gap in coverage.gaps() {
        let (from, to) = (zone.clock(gap.from()), zone.clock(gap.to()));
        println!("  missing  {} to {} by the clock of the place", from.format("%H:%M %:z"), to.format("%H:%M %:z"));
    }
    let qualities: Vec<_> = coverage.qualities().iter().map(|one| one.to_string()).collect();
    println!("  quality  {}", qualities.join(", "));
    if let Some(highest) = peak.maximum {
        let clock = zone.clock(highest.time_stamp).format("%H:%M");
        println!("  peak     {} kW in the half hour to {clock}, of {} blocks", highest.value, peak.blocks.len());
    }
    Ok(())
}
