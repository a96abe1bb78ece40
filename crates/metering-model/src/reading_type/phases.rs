//! Part 15 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 15: the phases, or from which conductor to which.
    ///
    /// A first group of bits (A = 128, B = 64, C = 32, N = 16) names where, a second one (A = 8, B = 4,
    /// C = 2, N = 1) against what.
    pub struct Phases(u16);
    /// Nothing said; not the same as all three.
    NONE = 0, "none";
    /// The neutral conductor.
    N = 16, "N";
    /// Neutral to ground.
    NG = 17, "NG";
    /// Phase C.
    C = 32, "C";
    /// C to neutral.
    CN = 33, "CN";
    /// C to A. One source reads it as C relative to the voltage of A.
    CA = 40, "CA";
    /// C, A and neutral; some call it ACN.
    CAN = 41, "CAN";
    /// Phase B.
    B = 64, "B";
    /// B to neutral.
    BN = 65, "BN";
    /// B to C.
    BC = 66, "BC";
    /// B to A. One source reads it as B relative to the voltage of A.
    BA = 72, "BA";
    /// Phases A and C, so two sources say. Read, better not written: by the bits it is B and C, A to C
    /// would be 130, and C to A is 40.
    AC = 96, "AC";
    /// B, C and neutral.
    BCN = 97, "BCN";
    /// Phase A.
    A = 128, "A";
    /// A to neutral.
    AN = 129, "AN";
    /// A to B.
    AB = 132, "AB";
    /// A against A: the current of A, seen from its voltage.
    AA = 136, "AA";
    /// A, B and neutral.
    ABN = 193, "ABN";
    /// All three.
    ABC = 224, "ABC";
    /// All three and neutral.
    ABCN = 225, "ABCN";
    /// Second secondary phase of a split phase service.
    S2 = 256, "S2";
    /// Second secondary phase to neutral. Others write 272.
    S2_TO_N = 257, "S2 to N", unconfirmed;
    /// Second secondary phase and neutral. Others write 257.
    S2_N = 272, "S2N";
    /// First secondary phase of a split phase service.
    S1 = 512, "S1";
    /// First secondary phase to neutral. Others write 528.
    S1_TO_N = 513, "S1 to N", unconfirmed;
    /// First secondary phase and neutral. Others write 513.
    S1_N = 528, "S1N";
    /// First to second secondary phase.
    S12 = 768, "S12";
    /// Both secondary phases to neutral. Others write 784, one source lists both.
    S12_TO_N = 769, "S12 to N";
    /// Both secondary phases and neutral. Others write 769.
    S12_N = 784, "S12N";
    /// A phase, not known which.
    X = 1024, "X", unconfirmed;
    /// A phase, not known which, and neutral.
    XN = 1040, "XN", unconfirmed;
    /// Wye service on three wires.
    THREE_WIRE_WYE = 1248, "three-wire wye", unconfirmed;
    /// Wye service on four wires.
    FOUR_WIRE_WYE = 1249, "four-wire wye", unconfirmed;
    /// Delta service on three wires.
    THREE_WIRE_DELTA = 2272, "three-wire delta", unconfirmed;
    /// Delta service on four wires.
    FOUR_WIRE_DELTA = 2273, "four-wire delta", unconfirmed;
    /// Two phases, not known which.
    XY = 3072, "XY", unconfirmed;
    /// Two phases, not known which, and neutral.
    XYN = 3088, "XYN", unconfirmed;
    /// High-leg delta service on four wires.
    FOUR_WIRE_HIGH_LEG_DELTA = 6369, "four-wire high-leg delta", unconfirmed;
    /// Open delta service on four wires.
    FOUR_WIRE_OPEN_DELTA = 10465, "four-wire open delta", unconfirmed;
    /// Networked service.
    NETWORKED = 17153, "networked", unconfirmed;
}
