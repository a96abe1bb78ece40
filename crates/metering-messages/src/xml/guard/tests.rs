//! What is let through and what is not.

use super::*;

fn tokens(body: &[u8], limits: &Limits) -> Result<String, Malformed> {
    let namespaces = Namespaces::default();
    let mut guard = Guard::new(body, limits, &namespaces, "MeterReadings")?;
    let mut shown = String::new();
    loop {
        match guard.next()? {
            Event::Start(Tag { name, namespace, reference, nil, unknown }) => {
                shown.push_str(&format!("<{name} {namespace:?}"));
                shown.extend(reference.map(|it| format!(" {it}")));
                shown.push_str(if nil { " nil" } else { "" });
                shown.push_str(&"?".repeat(unknown as usize));
                shown.push('>');
            }
            Event::Text(text) => shown.push_str(&text),
            Event::End => shown.push_str("</>"),
            Event::Eof => return Ok(shown),
        }
    }
}

fn read(body: &str) -> Result<String, String> {
    tokens(body.as_bytes(), &Limits::default()).map_err(|error| error.to_string())
}

#[test]
fn names_are_told_by_their_namespaces() {
    assert_eq!(
        read(
            "<a:x xmlns:a='http://iec.ch/TC57/2011/MeterReadings#'><y xmlns='http://www.iec.ch/TC57/2011/MeterReadings#'>\
             <z xmlns=''/><a:z/><b:z xmlns:b='u'/><z/></y><z/></a:x>"
        )
        .unwrap(),
        "<x Message><y OtherForm><z None></><z Message></><z Foreign></><z OtherForm></></><z None></></>"
    );
    assert_eq!(
        read("<x xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil=' 1' ref='a&#x20;b&lt;\r\n\tc' i:type='q' o='1' xml:id='7'/>")
            .unwrap(),
        "<x None a b<  c nil?></>"
    );
}

#[test]
fn texts_are_what_xml_says() {
    assert_eq!(
        read("<x>a&amp;&#233;\r\nb\rc<![CDATA[<&]]]]><!--no--><![CDATA[>]]></x>").unwrap(),
        "<x None>a&é\nb\nc<&]]></>"
    );
}

#[test]
fn what_messages_do_not_need_is_refused() {
    for (body, problem) in [
        ("<!DOCTYPE x><x/>", "a document type (DOCTYPE) is not accepted; leave it out at line 1, column 1"),
        ("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>", "a document type"),
        ("<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c SYSTEM 'http://h/'>]><x>&a;</x>", "a document type"),
        ("<!DOCTYPE x [<!ENTITY % a SYSTEM 'http://h/'> %a;]><x/>", "a document type"),
        ("<x/><!DOCTYPE x>", "a document type"),
        ("<?xml-stylesheet href='x'?><x/>", "a processing instruction is not accepted"),
        ("<x><?php echo?></x>", "a processing instruction"),
        ("<x>&nbsp;</x>", "the entity `nbsp` is none of lt, gt, amp, apos, quot at line 1, column 4"),
        ("<x a='&b;'/>", "the entity `b`"),
        ("<x>&#0;</x>", "`&#0;` is no character that XML has"),
        ("<x>&#x1F;</x>", "`&#x1F;`"),
        ("<x>&#xD800;</x>", "`&#xD800;`"),
        ("<x>&#x110000;</x>", "`&#x110000;`"),
        ("<x>&#+65;</x>", "`&#+65;`"),
        ("<x>&#;</x>", "`&#;`"),
        ("<x>&#xFFFF;</x>", "`&#xFFFF;`"),
        ("<x>&#99999999999999999999;</x>", "is no character"),
        ("<x>a & b</x>", "`&` in a text; write `&amp;`"),
        ("<x a='a & b'/>", "`&` in an attribute"),
        ("<x a='a<b'/>", "`<` in an attribute"),
        ("<x>]]></x>", "`]]>` in a text"),
        ("<x><!-- a -- b --></x>", "forbidden string `--`"),
        ("<x/><y/>", "a second root element at line 1, column 5"),
        ("<x/>y", "text outside the root element"),
        ("y<x/>", "text outside the root element"),
        ("<x/>&lt;", "text outside the root element"),
        ("<![CDATA[]]><x/>", "text outside the root element"),
        ("<x>", "the message ends within an element"),
        ("<x", "tag not closed"),
        ("<x></y>", "expected `</x>`, found `</y>`"),
        ("</x>", "`</x>` ends an element that never began"),
        ("<x a='1' a='2'/>", "the attribute `a` stands twice in one element"),
        ("<x xmlns='a' xmlns='b'/>", "the attribute `xmlns` stands twice"),
        ("<x xmlns:a='a' xmlns:a='a'/>", "the attribute `xmlns:a` stands twice"),
        ("<x xmlns:a='u' xmlns:b='u' a:c='1' b:c='2'/>", "the attribute `c` stands twice"),
        ("<a:x/>", "the prefix `a` is not declared"),
        ("<x a:b='1'/>", "the prefix `a` is not declared"),
        ("<x><y xmlns:a='u'/><a:z/></x>", "the prefix `a` is not declared"),
        ("<x xmlns:a=''/>", "the prefix `a` is declared without a namespace"),
        ("<x xmlns:xml='u'/>", "cannot be declared as others"),
        ("<x xmlns:xmlns='u'/>", "cannot be declared as others"),
        ("<x xmlns='http://www.w3.org/XML/1998/namespace'/>", "cannot be declared as others"),
        ("<x xmlns:a='http://www.w3.org/2000/xmlns/'/>", "cannot be declared as others"),
        ("<xmlns:x/>", "the prefix `xmlns` is not declared"),
        ("<1x/>", "`1x` is no name of XML"),
        ("<:x/>", "`:x` is no name of XML"),
        ("<a:/>", "`a:` is no name of XML"),
        ("<a:b:c/>", "`a:b:c` is no name of XML"),
        ("<x 1='2'/>", "`1` is no name of XML"),
        ("<x a/>", "broken attribute"),
        ("<x a=1/>", "broken attribute"),
        ("< x/>", "is no name of XML"),
        ("<>x</>", "is no name of XML"),
        (" <?xml version='1.0'?><x/>", "the XML declaration stands at the very beginning or nowhere"),
        ("<x><?xml version='1.0'?></x>", "the XML declaration stands at the very beginning"),
        ("<?xml version='1.1'?><x/>", "XML 1.1 is not read; send XML 1.0"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><x/>", "the encoding ISO-8859-1 is not read; send UTF-8"),
        ("<?xml version='1.0' encoding='UTF-16'?><x/>", "the encoding UTF-16 is not read"),
        ("<?xml version='1.0' encoding='x-made-up'?><x/>", "the encoding x-made-up is not read"),
        ("<?xml encoding='UTF-8'?><x/>", "version"),
        ("<x>\0</x>", "a control character, which XML does not have at line 1, column 4"),
        ("<x>\n\u{1b}[0m</x>", "a control character, which XML does not have at line 2, column 1"),
        ("<x\u{b}/>", "a control character"),
        ("<x>\u{fffe}</x>", "a control character"),
        ("", "the body has no XML element"),
        (" \n<!-- -->", "the body has no XML element"),
        ("{\"readings\":[]}", "text outside the root element"),
    ] {
        let told = read(body).expect_err(body);
        assert!(told.contains(problem), "{body:?}: {told}");
    }
}

#[test]
fn other_encodings_are_named() {
    let refused = |body: &[u8]| tokens(body, &Limits::default()).unwrap_err().to_string();
    let utf16: Vec<u8> = "<x/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(refused(&utf16).contains("UTF-16"));
    assert!(refused(&[&[0xff, 0xfe], utf16.as_slice()].concat()).contains("UTF-16"));
    assert!(refused(b"\0\0\xfe\xff\0\0\0<").contains("UTF-32"));
    assert!(refused(b"\x4c\x6f\xa7\x94\x93").contains("EBCDIC"));
    for bytes in
        [b"<x>\xe4</x>".as_slice(), b"<x>\xc0\x80</x>", b"<x>\xed\xa0\x80</x>", b"<x>\xf4\x90\x80\x80</x>", b"<x>\xc3"]
    {
        assert_eq!(refused(bytes), "a byte that is not UTF-8 at line 1, column 4");
    }
    assert_eq!(tokens(b"\xef\xbb\xbf<x/>", &Limits::default()).unwrap(), "<x None></>");
}

#[test]
fn everything_is_bounded() {
    let deep = "<x>".repeat(10_000);
    assert_eq!(read(&deep).unwrap_err(), "more than 32 elements within each other at line 1, column 97");
    let attributes: String = (0..1_000_000).map(|at| format!(" a{at}='1'")).collect();
    assert!(read(&format!("<x{attributes}/>")).unwrap_err().starts_with("more than 32 attributes of one element"));
    let namespaces = |from: u32| (from..from + 30).map(|at| format!(" xmlns:a{at}='u'")).collect::<String>();
    let many = format!("<x{}><x{}><x{}/></x></x>", namespaces(0), namespaces(30), namespaces(60));
    assert!(read(&many).unwrap_err().starts_with("more than 64 namespaces declared at one place"));
    let beside = format!("<x>{}</x>", format!("<x{}/>", namespaces(0)).repeat(100));
    assert!(read(&beside).is_ok());
    let name = "x".repeat(257);
    for body in [format!("<{name}/>"), format!("<x {name}=''/>")] {
        assert!(read(&body).unwrap_err().starts_with("a name of more than 256 bytes"));
    }
    let text = "x".repeat(65_537);
    for body in [format!("<x>{text}</x>"), format!("<x><![CDATA[{text}]]></x>"), format!("<x a='{text}'/>")] {
        assert!(read(&body).unwrap_err().starts_with("a text of more than 65536 bytes"));
    }
    // Comments take no place.
    let comments = format!("<x>{}</x>", "<!--x-->".repeat(1_000_000));
    assert_eq!(read(&comments).unwrap(), "<x None></>");
}
