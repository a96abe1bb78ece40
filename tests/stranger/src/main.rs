use std::io::Read;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut profile = String::new();
    if let Err(error) = std::io::stdin().read_to_string(&mut profile) {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    match stranger::sums(&profile) {
        Ok(sums) => {
            for sum in sums {
                println!("{} {} kWh, at most {} kW before {}", sum.obis, sum.energy, sum.peak, sum.peak_at);
            }
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("{fault:?}");
            ExitCode::FAILURE
        }
    }
}
