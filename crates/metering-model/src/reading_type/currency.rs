//! Part 18 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 18: the currency, by its ISO 4217 number without zeros in front.
    ///
    /// The numbers are ISO's. Where a row is unconfirmed, only one source has it in the list of the
    /// standard.
    pub struct Currency(u16);
    /// Nothing said, or no money; ISO 4217 has 999 for it. One source reads it as another currency.
    NONE = 0, "none";
    /// Albanian lek.
    ALL = 8, "ALL", unconfirmed;
    /// Algerian dinar.
    DZD = 12, "DZD", unconfirmed;
    /// Argentine peso.
    ARS = 32, "ARS", unconfirmed;
    /// Australian dollar.
    AUD = 36, "AUD";
    /// Bahamian dollar.
    BSD = 44, "BSD", unconfirmed;
    /// Bahraini dinar.
    BHD = 48, "BHD", unconfirmed;
    /// Bangladeshi taka.
    BDT = 50, "BDT", unconfirmed;
    /// Armenian dram.
    AMD = 51, "AMD", unconfirmed;
    /// Barbados dollar.
    BBD = 52, "BBD", unconfirmed;
    /// Bermudian dollar.
    BMD = 60, "BMD", unconfirmed;
    /// Bhutanese ngultrum.
    BTN = 64, "BTN", unconfirmed;
    /// Bolivian boliviano.
    BOB = 68, "BOB", unconfirmed;
    /// Botswana pula.
    BWP = 72, "BWP", unconfirmed;
    /// Belize dollar.
    BZD = 84, "BZD", unconfirmed;
    /// Solomon Islands dollar.
    SBD = 90, "SBD", unconfirmed;
    /// Brunei dollar.
    BND = 96, "BND", unconfirmed;
    /// Myanmar kyat.
    MMK = 104, "MMK", unconfirmed;
    /// Burundian franc.
    BIF = 108, "BIF", unconfirmed;
    /// Cambodian riel.
    KHR = 116, "KHR", unconfirmed;
    /// Canadian dollar.
    CAD = 124, "CAD";
    /// Cape Verde escudo.
    CVE = 132, "CVE", unconfirmed;
    /// Cayman Islands dollar.
    KYD = 136, "KYD", unconfirmed;
    /// Sri Lankan rupee.
    LKR = 144, "LKR", unconfirmed;
    /// Chilean peso.
    CLP = 152, "CLP", unconfirmed;
    /// Chinese yuan.
    CNY = 156, "CNY";
    /// Colombian peso.
    COP = 170, "COP", unconfirmed;
    /// Comoro franc.
    KMF = 174, "KMF", unconfirmed;
    /// Costa Rican colon.
    CRC = 188, "CRC", unconfirmed;
    /// Croatian kuna; withdrawn since.
    HRK = 191, "HRK", unconfirmed;
    /// Cuban peso.
    CUP = 192, "CUP", unconfirmed;
    /// Czech koruna.
    CZK = 203, "CZK", unconfirmed;
    /// Danish krone.
    DKK = 208, "DKK";
    /// Dominican peso.
    DOP = 214, "DOP", unconfirmed;
    /// Ethiopian birr.
    ETB = 230, "ETB", unconfirmed;
    /// Eritrean nakfa.
    ERN = 232, "ERN", unconfirmed;
    /// Estonian kroon; withdrawn since.
    EEK = 233, "EEK", unconfirmed;
    /// Falkland Islands pound.
    FKP = 238, "FKP", unconfirmed;
    /// Fiji dollar.
    FJD = 242, "FJD", unconfirmed;
    /// Djiboutian franc.
    DJF = 262, "DJF", unconfirmed;
    /// Gambian dalasi.
    GMD = 270, "GMD", unconfirmed;
    /// Guatemalan quetzal.
    GTQ = 320, "GTQ", unconfirmed;
    /// Guinean franc.
    GNF = 324, "GNF", unconfirmed;
    /// Guyanese dollar.
    GYD = 328, "GYD", unconfirmed;
    /// Haitian gourde.
    HTG = 332, "HTG", unconfirmed;
    /// Honduran lempira.
    HNL = 340, "HNL", unconfirmed;
    /// Hong Kong dollar.
    HKD = 344, "HKD", unconfirmed;
    /// Hungarian forint.
    HUF = 348, "HUF", unconfirmed;
    /// Icelandic krona.
    ISK = 352, "ISK", unconfirmed;
    /// Indian rupee.
    INR = 356, "INR";
    /// Indonesian rupiah.
    IDR = 360, "IDR", unconfirmed;
    /// Iranian rial.
    IRR = 364, "IRR", unconfirmed;
    /// Iraqi dinar.
    IQD = 368, "IQD", unconfirmed;
    /// Israeli new shekel.
    ILS = 376, "ILS", unconfirmed;
    /// Jamaican dollar.
    JMD = 388, "JMD", unconfirmed;
    /// Japanese yen.
    JPY = 392, "JPY";
    /// Kazakhstani tenge.
    KZT = 398, "KZT", unconfirmed;
    /// Jordanian dinar.
    JOD = 400, "JOD", unconfirmed;
    /// Kenyan shilling.
    KES = 404, "KES", unconfirmed;
    /// North Korean won.
    KPW = 408, "KPW", unconfirmed;
    /// South Korean won.
    KRW = 410, "KRW", unconfirmed;
    /// Kuwaiti dinar.
    KWD = 414, "KWD", unconfirmed;
    /// Kyrgyz som.
    KGS = 417, "KGS", unconfirmed;
    /// Lao kip.
    LAK = 418, "LAK", unconfirmed;
    /// Lebanese pound.
    LBP = 422, "LBP", unconfirmed;
    /// Lesotho loti.
    LSL = 426, "LSL", unconfirmed;
    /// Latvian lats; withdrawn since.
    LVL = 428, "LVL", unconfirmed;
    /// Liberian dollar.
    LRD = 430, "LRD", unconfirmed;
    /// Libyan dinar.
    LYD = 434, "LYD", unconfirmed;
    /// Lithuanian litas; withdrawn since.
    LTL = 440, "LTL", unconfirmed;
    /// Macanese pataca.
    MOP = 446, "MOP", unconfirmed;
    /// Malawian kwacha.
    MWK = 454, "MWK", unconfirmed;
    /// Malaysian ringgit.
    MYR = 458, "MYR", unconfirmed;
    /// Maldivian rufiyaa.
    MVR = 462, "MVR", unconfirmed;
    /// Mauritanian ouguiya; withdrawn since.
    MRO = 478, "MRO", unconfirmed;
    /// Mauritian rupee.
    MUR = 480, "MUR", unconfirmed;
    /// Mexican peso.
    MXN = 484, "MXN", unconfirmed;
    /// Mongolian tugrik.
    MNT = 496, "MNT", unconfirmed;
    /// Moldovan leu.
    MDL = 498, "MDL", unconfirmed;
    /// Moroccan dirham.
    MAD = 504, "MAD", unconfirmed;
    /// Omani rial.
    OMR = 512, "OMR", unconfirmed;
    /// Namibian dollar.
    NAD = 516, "NAD", unconfirmed;
    /// Nepalese rupee.
    NPR = 524, "NPR", unconfirmed;
    /// Netherlands Antillean guilder.
    ANG = 532, "ANG", unconfirmed;
    /// Aruban florin.
    AWG = 533, "AWG", unconfirmed;
    /// Vanuatu vatu.
    VUV = 548, "VUV", unconfirmed;
    /// New Zealand dollar.
    NZD = 554, "NZD", unconfirmed;
    /// Nicaraguan cordoba.
    NIO = 558, "NIO", unconfirmed;
    /// Nigerian naira.
    NGN = 566, "NGN", unconfirmed;
    /// Norwegian krone.
    NOK = 578, "NOK";
    /// Pakistani rupee.
    PKR = 586, "PKR", unconfirmed;
    /// Panamanian balboa.
    PAB = 590, "PAB", unconfirmed;
    /// Papua New Guinean kina.
    PGK = 598, "PGK", unconfirmed;
    /// Paraguayan guarani.
    PYG = 600, "PYG", unconfirmed;
    /// Peruvian sol.
    PEN = 604, "PEN", unconfirmed;
    /// Philippine peso.
    PHP = 608, "PHP", unconfirmed;
    /// Qatari rial.
    QAR = 634, "QAR", unconfirmed;
    /// Russian rouble.
    RUB = 643, "RUB";
    /// Rwandan franc.
    RWF = 646, "RWF", unconfirmed;
    /// Saint Helena pound.
    SHP = 654, "SHP", unconfirmed;
    /// Sao Tome and Principe dobra; withdrawn since.
    STD = 678, "STD", unconfirmed;
    /// Saudi riyal.
    SAR = 682, "SAR", unconfirmed;
    /// Seychelles rupee.
    SCR = 690, "SCR", unconfirmed;
    /// Sierra Leonean leone.
    SLL = 694, "SLL", unconfirmed;
    /// Singapore dollar.
    SGD = 702, "SGD", unconfirmed;
    /// Vietnamese dong.
    VND = 704, "VND", unconfirmed;
    /// Somali shilling.
    SOS = 706, "SOS", unconfirmed;
    /// South African rand.
    ZAR = 710, "ZAR", unconfirmed;
    /// Swazi lilangeni.
    SZL = 748, "SZL", unconfirmed;
    /// Swedish krona.
    SEK = 752, "SEK";
    /// Swiss franc.
    CHF = 756, "CHF";
    /// Syrian pound.
    SYP = 760, "SYP", unconfirmed;
    /// Thai baht.
    THB = 764, "THB", unconfirmed;
    /// Tongan pa'anga.
    TOP = 776, "TOP", unconfirmed;
    /// Trinidad and Tobago dollar.
    TTD = 780, "TTD", unconfirmed;
    /// United Arab Emirates dirham.
    AED = 784, "AED", unconfirmed;
    /// Tunisian dinar.
    TND = 788, "TND", unconfirmed;
    /// Ugandan shilling.
    UGX = 800, "UGX", unconfirmed;
    /// Macedonian denar.
    MKD = 807, "MKD", unconfirmed;
    /// Egyptian pound.
    EGP = 818, "EGP", unconfirmed;
    /// Pound sterling.
    GBP = 826, "GBP";
    /// Tanzanian shilling.
    TZS = 834, "TZS", unconfirmed;
    /// US dollar.
    USD = 840, "USD";
    /// Uruguayan peso.
    UYU = 858, "UYU", unconfirmed;
    /// Uzbek som.
    UZS = 860, "UZS", unconfirmed;
    /// Samoan tala.
    WST = 882, "WST", unconfirmed;
    /// Yemeni rial.
    YER = 886, "YER", unconfirmed;
    /// Zambian kwacha; withdrawn since.
    ZMK = 894, "ZMK", unconfirmed;
    /// New Taiwan dollar.
    TWD = 901, "TWD", unconfirmed;
    /// Gibraltar pound.
    GIP = 929, "GIP", unconfirmed;
    /// Cuban convertible peso; withdrawn since.
    CUC = 931, "CUC", unconfirmed;
    /// Zimbabwe dollar.
    ZWL = 932, "ZWL", unconfirmed;
    /// Turkmen manat.
    TMT = 934, "TMT", unconfirmed;
    /// Ghanaian cedi.
    GHS = 936, "GHS", unconfirmed;
    /// Venezuelan bolivar fuerte; withdrawn since.
    VEF = 937, "VEF", unconfirmed;
    /// Sudanese pound.
    SDG = 938, "SDG", unconfirmed;
    /// Serbian dinar.
    RSD = 941, "RSD", unconfirmed;
    /// Mozambican metical.
    MZN = 943, "MZN", unconfirmed;
    /// Azerbaijani manat.
    AZN = 944, "AZN", unconfirmed;
    /// Romanian leu.
    RON = 946, "RON", unconfirmed;
    /// Turkish lira.
    TRY = 949, "TRY", unconfirmed;
    /// CFA franc of Central Africa.
    XAF = 950, "XAF", unconfirmed;
    /// East Caribbean dollar.
    XCD = 951, "XCD", unconfirmed;
    /// CFA franc of West Africa.
    XOF = 952, "XOF", unconfirmed;
    /// CFP franc.
    XPF = 953, "XPF", unconfirmed;
    /// Surinamese dollar.
    SRD = 968, "SRD", unconfirmed;
    /// Malagasy ariary.
    MGA = 969, "MGA", unconfirmed;
    /// Colombian unit of real value.
    COU = 970, "COU", unconfirmed;
    /// Afghan afghani.
    AFN = 971, "AFN", unconfirmed;
    /// Tajik somoni.
    TJS = 972, "TJS", unconfirmed;
    /// Angolan kwanza.
    AOA = 973, "AOA", unconfirmed;
    /// Belarusian rouble; withdrawn since.
    BYR = 974, "BYR", unconfirmed;
    /// Bulgarian lev.
    BGN = 975, "BGN", unconfirmed;
    /// Congolese franc.
    CDF = 976, "CDF", unconfirmed;
    /// Bosnia and Herzegovina convertible mark.
    BAM = 977, "BAM", unconfirmed;
    /// Euro.
    EUR = 978, "EUR";
    /// Ukrainian hryvnia.
    UAH = 980, "UAH", unconfirmed;
    /// Georgian lari.
    GEL = 981, "GEL", unconfirmed;
    /// Bolivian mvdol.
    BOV = 984, "BOV", unconfirmed;
    /// Polish zloty.
    PLN = 985, "PLN", unconfirmed;
    /// Brazilian real.
    BRL = 986, "BRL", unconfirmed;
    /// Chilean unit of account.
    CLF = 990, "CLF", unconfirmed;
}
