//! Part 3 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 3: the metering interval, which is how the value was measured, not how often it is
    /// reported.
    pub struct MeasuringPeriod(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// 10 minutes.
    TEN_MINUTE = 1, "10 minutes";
    /// 15 minutes.
    FIFTEEN_MINUTE = 2, "15 minutes";
    /// One minute.
    ONE_MINUTE = 3, "1 minute";
    /// 24 hours, not a calendar day.
    TWENTY_FOUR_HOUR = 4, "24 hours";
    /// 30 minutes.
    THIRTY_MINUTE = 5, "30 minutes";
    /// 5 minutes.
    FIVE_MINUTE = 6, "5 minutes";
    /// 60 minutes.
    SIXTY_MINUTE = 7, "60 minutes";
    /// 2 minutes.
    TWO_MINUTE = 10, "2 minutes";
    /// 3 minutes.
    THREE_MINUTE = 14, "3 minutes";
    /// The interval that is running.
    PRESENT = 15, "present";
    /// The interval before.
    PREVIOUS = 16, "previous";
    /// 20 minutes.
    TWENTY_MINUTE = 31, "20 minutes";
    /// Demand over fixed blocks of 60 minutes.
    FIXED_BLOCK_60_MINUTE = 50, "fixed block of 60 minutes";
    /// Demand over fixed blocks of 30 minutes.
    FIXED_BLOCK_30_MINUTE = 51, "fixed block of 30 minutes";
    /// Demand over fixed blocks of 20 minutes.
    FIXED_BLOCK_20_MINUTE = 52, "fixed block of 20 minutes";
    /// Demand over fixed blocks of 15 minutes.
    FIXED_BLOCK_15_MINUTE = 53, "fixed block of 15 minutes";
    /// Demand over fixed blocks of 10 minutes.
    FIXED_BLOCK_10_MINUTE = 54, "fixed block of 10 minutes";
    /// Demand over fixed blocks of 5 minutes.
    FIXED_BLOCK_5_MINUTE = 55, "fixed block of 5 minutes";
    /// Demand over fixed blocks of 1 minute.
    FIXED_BLOCK_1_MINUTE = 56, "fixed block of 1 minute";
    /// Demand over 60 minutes, made anew every 30 minutes.
    ROLLING_BLOCK_60_MINUTE_BY_30 = 57, "rolling block of 60 minutes by 30";
    /// Demand over 60 minutes, made anew every 20 minutes.
    ROLLING_BLOCK_60_MINUTE_BY_20 = 58, "rolling block of 60 minutes by 20";
    /// Demand over 60 minutes, made anew every 15 minutes.
    ROLLING_BLOCK_60_MINUTE_BY_15 = 59, "rolling block of 60 minutes by 15";
    /// Demand over 60 minutes, made anew every 12 minutes.
    ROLLING_BLOCK_60_MINUTE_BY_12 = 60, "rolling block of 60 minutes by 12";
    /// Demand over 60 minutes, made anew every 10 minutes.
    ROLLING_BLOCK_60_MINUTE_BY_10 = 61, "rolling block of 60 minutes by 10";
    /// Demand over 60 minutes, made anew every 6 minutes.
    ROLLING_BLOCK_60_MINUTE_BY_6 = 62, "rolling block of 60 minutes by 6";
    /// Demand over 60 minutes, made anew every 5 minutes.
    ROLLING_BLOCK_60_MINUTE_BY_5 = 63, "rolling block of 60 minutes by 5";
    /// Demand over 60 minutes, made anew every 4 minutes.
    ROLLING_BLOCK_60_MINUTE_BY_4 = 64, "rolling block of 60 minutes by 4";
    /// Demand over 30 minutes, made anew every 15 minutes.
    ROLLING_BLOCK_30_MINUTE_BY_15 = 65, "rolling block of 30 minutes by 15";
    /// Demand over 30 minutes, made anew every 10 minutes.
    ROLLING_BLOCK_30_MINUTE_BY_10 = 66, "rolling block of 30 minutes by 10";
    /// Demand over 30 minutes, made anew every 6 minutes.
    ROLLING_BLOCK_30_MINUTE_BY_6 = 67, "rolling block of 30 minutes by 6";
    /// Demand over 30 minutes, made anew every 5 minutes.
    ROLLING_BLOCK_30_MINUTE_BY_5 = 68, "rolling block of 30 minutes by 5";
    /// Demand over 30 minutes, made anew every 3 minutes.
    ROLLING_BLOCK_30_MINUTE_BY_3 = 69, "rolling block of 30 minutes by 3";
    /// Demand over 30 minutes, made anew every 2 minutes.
    ROLLING_BLOCK_30_MINUTE_BY_2 = 70, "rolling block of 30 minutes by 2";
    /// Demand over 15 minutes, made anew every 5 minutes.
    ROLLING_BLOCK_15_MINUTE_BY_5 = 71, "rolling block of 15 minutes by 5";
    /// Demand over 15 minutes, made anew every 3 minutes.
    ROLLING_BLOCK_15_MINUTE_BY_3 = 72, "rolling block of 15 minutes by 3";
    /// Demand over 15 minutes, made anew every minute.
    ROLLING_BLOCK_15_MINUTE_BY_1 = 73, "rolling block of 15 minutes by 1";
    /// Demand over 10 minutes, made anew every 5 minutes.
    ROLLING_BLOCK_10_MINUTE_BY_5 = 74, "rolling block of 10 minutes by 5";
    /// Demand over 10 minutes, made anew every 2 minutes.
    ROLLING_BLOCK_10_MINUTE_BY_2 = 75, "rolling block of 10 minutes by 2";
    /// Demand over 10 minutes, made anew every minute.
    ROLLING_BLOCK_10_MINUTE_BY_1 = 76, "rolling block of 10 minutes by 1";
    /// Demand over 5 minutes, made anew every minute.
    ROLLING_BLOCK_5_MINUTE_BY_1 = 77, "rolling block of 5 minutes by 1";
    /// 12 minutes.
    TWELVE_MINUTE = 78, "12 minutes", unconfirmed;
    /// 2 hours.
    TWO_HOUR = 79, "2 hours", unconfirmed;
    /// 4 hours.
    FOUR_HOUR = 80, "4 hours", unconfirmed;
    /// 6 hours.
    SIX_HOUR = 81, "6 hours", unconfirmed;
    /// 12 hours.
    TWELVE_HOUR = 82, "12 hours", unconfirmed;
    /// 3 hours.
    THREE_HOUR = 83, "3 hours", unconfirmed;
    /// An interval that is given elsewhere.
    SPECIFIED_INTERVAL = 100, "specified interval", unconfirmed;
    /// Fixed blocks whose length is given elsewhere.
    SPECIFIED_FIXED_BLOCK = 101, "specified fixed block", unconfirmed;
    /// Rolling blocks whose lengths are given elsewhere.
    SPECIFIED_ROLLING_BLOCK = 102, "specified rolling block", unconfirmed;
}
