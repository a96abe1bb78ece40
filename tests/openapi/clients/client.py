"""A client made from the description, used as its maker would: the document's four examples, a page
of readings, and a refusal."""

import datetime
import os

from metering.api.end_device_controls import submit_end_device_controls
from metering.api.end_device_events import get_end_device_event, submit_end_device_events
from metering.api.meter_readings import get_meter_readings, submit_meter_readings
from metering.api.receipts import get_receipt
from metering.client import AuthenticatedClient
from metering.models import (
    ControlWord,
    EndDeviceControl,
    EndDeviceControls,
    EndDeviceControlsReceipt,
    EndDeviceEvent,
    EndDeviceEventsReceipt,
    EnergyDirectionSpelling,
    MeterReadings,
    MeterReadingsPage,
    PhaseSpelling,
    Priority,
    Problem,
    QualityWordSpelling,
    Reading,
    ReadingKindSpelling,
    Receipt,
    RecordedEvent,
    Unit,
)

DEVICE = "3dc53ee5-777e-50b4-8699-a1c224d493d"


def at(hour, minute):
    return datetime.datetime(2024, 1, 15, hour, minute, tzinfo=datetime.timezone.utc)


client = AuthenticatedClient(
    base_url=os.environ["METERING_TEST_URL"],
    token=os.environ["METERING_TEST_API_KEY"],
    prefix="",
    auth_header_name="X-API-Key",
)

reading = Reading(
    meter_id="client-py",
    reading_type=ReadingKindSpelling.INTERVALDATA,
    reading_date_time=at(10, 0),
    value=1234.56,
    unit=Unit.KWH,
    multiplier=0,
    phase=PhaseSpelling.ABC,
    energy_direction=EnergyDirectionSpelling.FORWARD,
    quality=QualityWordSpelling.GOOD,
)
receipt = submit_meter_readings.sync(client=client, body=MeterReadings(readings=[reading]))
assert isinstance(receipt, Receipt) and receipt.counts.inserted == 1, receipt
again = get_receipt.sync(receipt.receipt, client=client)
assert isinstance(again, Receipt) and again.counts == receipt.counts, again

page = get_meter_readings.sync(client=client, meter_id=["client-py"], limit=10)
assert isinstance(page, MeterReadingsPage) and page.next_ is None, page
[found] = page.readings
assert (found.value, found.unit, found.reading_date_time) == (1234.56, Unit.KWH, at(10, 0)), found
assert found.reading_type_code == "0.0.0.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0", found

load = EndDeviceControl(
    device_id=DEVICE,
    control_type=ControlWord.LOADCONTROLSIGNAL,
    control_value="50",
    control_unit="kW",
    effective_date_time=at(10, 30),
    reason="Demand response event",
    priority=Priority.HIGH,
)
disconnect = EndDeviceControl(
    device_id=DEVICE, control_type=ControlWord.REMOTEDISCONNECT, reason="Non-payment", priority=Priority.HIGH
)
for control, status in [(load, "expired"), (disconnect, "received")]:
    told = submit_end_device_controls.sync(client=client, body=EndDeviceControls(controls=[control]))
    assert isinstance(told, EndDeviceControlsReceipt), told
    assert told.controls[0].status.value == status, told

event = EndDeviceEvent(
    device_id=DEVICE,
    event_type="tamperingAlert",
    event_date_time=at(10, 15),
    severity="high",
    description="Potential tampering detected on meter",
    event_code="TAM001",
)
told = submit_end_device_events.sync(client=client, body=event)
assert isinstance(told, EndDeviceEventsReceipt), told
found = get_end_device_event.sync(told.events[0].id, client=client)
assert isinstance(found, RecordedEvent) and found.event_type_code == "3.12.0.257", found

reading.unit = Unit.V
refused = submit_meter_readings.sync_detailed(client=client, body=reading)
assert refused.status_code == 422 and isinstance(refused.parsed, Problem), refused
assert refused.parsed.type_ == "/problems/invalid", refused.parsed
assert [error.pointer for error in refused.parsed.errors], refused.parsed
print("the client in Python: all as it should be")
