// A client typed by the description, used as its maker would: the document's four examples, a page
// of readings, and a refusal. That it compiles is half of what it shows.

import createClient from "openapi-fetch";
import type { components, paths } from "./metering.js";

function must(holds: boolean, what: unknown): asserts holds {
  if (!holds) throw new Error(JSON.stringify(what));
}

// The API speaks XML too; this client does not.
const client = createClient<paths, "application/json" | "application/problem+json">({
  baseUrl: process.env["METERING_TEST_URL"] as string,
  headers: { "X-API-Key": process.env["METERING_TEST_API_KEY"] as string },
});
const device = "3dc53ee5-777e-50b4-8699-a1c224d493d";

const reading: components["schemas"]["Reading"] = {
  meterId: "client-ts",
  readingType: "intervalData",
  readingDateTime: "2024-01-15T10:00:00Z",
  value: 1234.56,
  unit: "kWh",
  multiplier: 0,
  phase: "ABC",
  energyDirection: "forward",
  quality: "good",
};
const sent = await client.POST("/meter-readings", { body: { readings: [reading] } });
must(sent.data !== undefined && sent.data.counts.inserted === 1, sent);
const receipt = await client.GET("/receipts/{receipt}", { params: { path: { receipt: sent.data.receipt } } });
must(receipt.data?.counts.received === 1, receipt);

const page = await client.GET("/meter-readings", { params: { query: { meterId: ["client-ts"], limit: 10 } } });
must(page.data !== undefined && page.data.next === null, page);
const [found] = page.data.readings;
must(found?.value === 1234.56 && found.unit === "kWh" && found.measurement === "activeEnergy", page.data);

const controls: [components["schemas"]["EndDeviceControl"], components["schemas"]["RecordedControl"]["status"]][] = [
  [
    {
      deviceId: device,
      controlType: "loadControlSignal",
      controlValue: "50",
      controlUnit: "kW",
      effectiveDateTime: "2024-01-15T10:30:00Z",
      reason: "Demand response event",
      priority: "high",
    },
    "expired",
  ],
  [{ deviceId: device, controlType: "remoteDisconnect", reason: "Non-payment", priority: "high" }, "received"],
];
for (const [control, status] of controls) {
  const told = await client.POST("/end-device-controls", { body: { controls: [control] } });
  must(told.data?.controls[0]?.status === status, told);
}

const told = await client.POST("/end-device-events", {
  body: {
    deviceId: device,
    eventType: "tamperingAlert",
    eventDateTime: "2024-01-15T10:15:00Z",
    severity: "high",
    description: "Potential tampering detected on meter",
    eventCode: "TAM001",
  },
});
const id = told.data?.events[0]?.id;
must(id !== undefined, told);
const event = await client.GET("/end-device-events/{id}", { params: { path: { id } } });
must(event.data?.eventTypeCode === "3.12.0.257", event);

const refused = await client.POST("/meter-readings", { body: { ...reading, unit: "V" } });
must(refused.response.status === 422 && refused.error !== undefined, refused);
must(refused.error.type === "/problems/invalid" && refused.error.errors?.[0]?.pointer !== undefined, refused.error);
console.log("the client in TypeScript: all as it should be");
