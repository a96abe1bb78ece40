"""A SOAP client as others write them: zeep, which knows nothing of the service but its description.

    client.py ADDRESS CERTIFICATE KEY PORT

sends readings, fetches them back, issues a disconnect and reads its state, over SOAP as the port of
the description has it. It ends with 0 where all of that came out as it should.
"""

import sys

import requests
from lxml import etree
from zeep import Client, Transport, xsd
from zeep.exceptions import Fault

address, certificate, key, port = sys.argv[1:5]
session = requests.Session()
session.trust_env = False  # else settings of the machine stand in the place of ours
session.verify = certificate
session.headers["X-API-Key"] = key
client = Client(address + "/soap?wsdl", transport=Transport(session=session), port_name=port)
service = client.service


def message(noun, **content):
    """A message of the noun, made by its schema."""
    element = client.get_element("{http://iec.ch/TC57/2011/%s#}%s" % (noun, noun))
    return xsd.AnyObject(element, element(**content))


def send(verb, noun, payload=None, header=None, **parameters):
    """Sends a request, and gives the answer."""
    request = {"Header": {"Verb": verb, "Noun": noun, **(header or {})}}
    if payload is not None:
        request["Payload"] = {"_value_1": payload}
    if parameters:
        request["Request"] = parameters
    return service.Request(**request)


def texts(answer, name):
    """The texts of the elements of this name in the payload."""
    noun = answer["Header"]["Noun"]
    parent = etree.Element("Payload")
    client.get_element("{http://iec.ch/TC57/2011/%s#}%s" % (noun, noun)).render(parent, answer["Payload"]["_value_1"])
    return [it.text for it in parent.iter("{*}" + name)]


code = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
reading = {"timeStamp": "2024-01-15T10:00:00Z", "value": "12.50", "ReadingType": {"ref": code}}
readings = message("MeterReadings", MeterReading=[{"Meter": {"mRID": "m-" + port}, "Readings": [reading]}])
made = send("create", "MeterReadings", readings, {"MessageID": "readings-" + port})
assert made["Reply"]["Result"] == "OK", made
assert made["Header"]["CorrelationID"] == "readings-" + port, made

again = send("create", "MeterReadings", readings, {"MessageID": "readings-" + port})
assert again["Header"]["MessageID"] == made["Header"]["MessageID"], again

got = send("get", "MeterReadings", ID=[{"_value_1": "m-" + port, "objectType": "EndDevice"}])
assert got["Reply"]["Result"] == "OK" and texts(got, "value") == ["12.50"], got

meter = message("MeterConfig", Meter=[{"mRID": "m-" + port}])
assert send("create", "MeterConfig", meter)["Reply"]["Result"] == "OK"

control = {
    "mRID": "c-" + port,
    "reason": "unpaid",
    "EndDeviceControlType": {"ref": "3.31.0.23"},
    "EndDevices": [{"mRID": "m-" + port}],
}
issued = send("create", "EndDeviceControls", message("EndDeviceControls", EndDeviceControl=[control]))
assert issued["Reply"]["Result"] == "OK" and issued["Reply"]["Error"][0]["code"] == "0.3", issued
assert issued["Reply"]["ID"][0]["_value_1"] == "c-" + port, issued

state = send("get", "EndDeviceControls", ID=[{"_value_1": "c-" + port}])
told = {it["Name"]: it["Value"] for it in state["Header"]["Property"]}
assert told["status:c-" + port] == "received" and texts(state, "reason") == ["unpaid"], state

refused = send("delete", "MeterReadings", ID=[{"_value_1": "m-" + port}])
assert refused["Reply"]["Result"] == "FAILED" and refused["Reply"]["Error"][0]["code"] == "2.9", refused

try:
    send("create", "MeterReadings")
    raise SystemExit("a request without a payload was taken")
except Fault as fault:
    assert "Payload" in fault.message and fault.detail is not None, fault

print("all came out as it should over", port)
