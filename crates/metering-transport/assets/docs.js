// The page of the API: Swagger UI over /openapi.json, and what it has not: examples in three languages, a refusal as
// a person reads it, a search over all that is said of an operation, and the looks that the browser prefers.
"use strict";
(() => {
  const METHODS_WITH_BODY = ["post", "put"];
  // Of the parameters of a query an example has those that most callers need.
  const SHOWN = ["meterId", "from", "to", "limit", "name"];
  const SHOWN_OF_WORDS = ["flow", "unit", "interval"];

  // --- Light or dark, as the browser prefers.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const dress = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dress();
  dark.addEventListener("change", dress);

  // --- Whether the server can be used.
  const alive = document.getElementById("alive");
  fetch("/health/ready", { headers: { Accept: "application/json" } })
    .then((answer) => {
      alive.classList.toggle("ill", !answer.ok);
      alive.textContent = answer.ok
        ? "It is alive and ready."
        : "It is alive, but cannot be used now; /health/ready says why.";
    })
    .catch(() => {
      alive.classList.add("ill");
      alive.textContent = "It did not answer just now.";
    });

  // --- A request as examples show it.
  const exampleOf = (parameter) => {
    const value = parameter.example ?? parameter.schema?.examples?.[0];
    return Array.isArray(value) ? value[0] : value;
  };
  const requestOf = (description, path, method) => {
    const operation = description.paths?.[path]?.[method] ?? {};
    const parameters = (operation.parameters ?? []).filter((it) => exampleOf(it) !== undefined);
    const is = (place) => parameters.filter((it) => it.in === place);
    let address = path;
    for (const it of is("path")) address = address.replace(`{${it.name}}`, encodeURIComponent(exampleOf(it)));
    const names = is("query").map((it) => it.name);
    // Where words are asked for a code, those that make one.
    const wanted = names.includes("flow") ? SHOWN_OF_WORDS : SHOWN;
    const shown = is("query").filter((it) => it.required || wanted.includes(it.name));
    const query = shown.map((it) => [it.name, String(exampleOf(it))]);
    const headers = is("header").filter((it) => it.required).map((it) => [it.name, String(exampleOf(it))]);
    const open = Array.isArray(operation.security) && operation.security.every((it) => Object.keys(it).length === 0);
    const content = METHODS_WITH_BODY.includes(method) ? operation.requestBody?.content?.["application/json"] : undefined;
    const body = content && (Object.values(content.examples ?? {})[0]?.value ?? content.example);
    const answers = Object.entries(operation.responses ?? {}).find(([status]) => status < 300)?.[1]?.content ?? {};
    return { method: method.toUpperCase(), address, query, headers, open, body, json: "application/json" in answers };
  };
  const url = ({ address, query }) =>
    location.origin + address + (query.length ? "?" + new URLSearchParams(query).toString() : "");
  const text = (value) => JSON.stringify(value);
  const quoted = (value) => `'${value.replaceAll("'", "'\\''")}'`;

  const curl = (request) => {
    const lines = [`curl ${request.method === "GET" ? "" : `-X ${request.method} `}${quoted(url(request))}`];
    if (!request.open) lines.push(`-H "X-API-Key: $METERING_KEY"`);
    for (const [name, value] of request.headers) lines.push(`-H ${quoted(`${name}: ${value}`)}`);
    if (request.body !== undefined) {
      lines.push(`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(request.body, null, 2))}`);
    }
    return lines.join(" \\\n  ");
  };

  const python = (request) => {
    const literal = (value, indent) => {
      const inner = indent + "    ";
      if (value === null || value === undefined) return "None";
      if (value === true) return "True";
      if (value === false) return "False";
      if (Array.isArray(value)) {
        return value.length ? `[\n${value.map((it) => `${inner}${literal(it, inner)},\n`).join("")}${indent}]` : "[]";
      }
      if (typeof value !== "object") return text(value);
      const fields = Object.entries(value).map(([name, it]) => `${inner}${text(name)}: ${literal(it, inner)},\n`);
      return fields.length ? `{\n${fields.join("")}${indent}}` : "{}";
    };
    const lines = [request.open ? "import requests" : "import os\n\nimport requests", "", "answer = requests.request("];
    lines.push(`    ${text(request.method)},`, `    ${text(location.origin + request.address)},`);
    if (request.query.length) {
      lines.push(`    params={${request.query.map(([name, value]) => `${text(name)}: ${text(value)}`).join(", ")}},`);
    }
    const headers = request.headers.map(([name, value]) => `${text(name)}: ${text(value)}`);
    if (!request.open) headers.unshift(`"X-API-Key": os.environ["METERING_KEY"]`);
    if (headers.length) lines.push(`    headers={${headers.join(", ")}},`);
    if (request.body !== undefined) lines.push(`    json=${literal(request.body, "    ")},`);
    lines.push("    timeout=30,", ")", "answer.raise_for_status()", `print(answer.${request.json ? "json()" : "text"})`);
    return lines.join("\n");
  };

  const typescript = (request) => {
    const headers = request.headers.map(([name, value]) => `${text(name)}: ${text(value)}`);
    if (!request.open) headers.unshift(`"X-API-Key": process.env.METERING_KEY!`);
    if (request.body !== undefined) headers.push(`"Content-Type": "application/json"`);
    const lines = [`const answer = await fetch(${text(url(request))}, {`, `  method: ${text(request.method)},`];
    if (headers.length) lines.push(`  headers: { ${headers.join(", ")} },`);
    if (request.body !== undefined) {
      lines.push(`  body: JSON.stringify(${JSON.stringify(request.body, null, 2).replaceAll("\n", "\n  ")}),`);
    }
    lines.push("});", "if (!answer.ok) throw new Error(await answer.text());");
    lines.push(`console.log(await answer.${request.json ? "json" : "text"}());`);
    return lines.join("\n");
  };

  const LANGUAGES = [["curl", curl], ["Python", python], ["TypeScript", typescript]];

  const additionsTo = (description) => ({ React }) => {
    const h = React.createElement;

    const Examples = ({ path, method }) => {
      const [chosen, choose] = React.useState(0);
      const tabs = LANGUAGES.map(([name], at) =>
        h("button", { key: name, type: "button", role: "tab", "aria-selected": at === chosen, onClick: () => choose(at) }, name));
      return h("div", { className: "examples" },
        h("h4", null, "Examples"),
        h("div", { className: "tabs", role: "tablist" }, tabs),
        h("pre", { tabIndex: 0 }, h("code", null, LANGUAGES[chosen][1](requestOf(description, path, method)))));
    };

    // A refusal after RFC 9457 in words.
    const Said = ({ problem }) => {
      const place = (it) => it.pointer ?? it.parameter ?? it.header;
      // What stands in backticks is to be taken as it is.
      const words = (told) => String(told).split("`").map((it, at) => (at % 2 ? h("code", { key: at }, it) : it));
      const errors = (problem.errors ?? []).map((it, at) =>
        h("li", { key: at }, place(it) ? h("code", null, place(it)) : null, place(it) ? ": " : "", words(it.detail)));
      const ours = typeof problem.type === "string" && problem.type.startsWith("/problems/");
      return h("div", { className: "said", role: "alert" },
        h("h4", null, `Refused: ${problem.title}`),
        problem.detail ? h("p", null, words(problem.detail)) : null,
        errors.length ? h("ul", null, errors) : null,
        h("p", null, ours ? h("a", { href: problem.type, target: "_blank" }, "What this means and what to do") : null));
    };

    const problemIn = (response) => {
      const headers = response?.get("headers")?.toJS?.() ?? {};
      if (!String(headers["content-type"] ?? "").startsWith("application/problem+json")) return undefined;
      try {
        return JSON.parse(response.get("text"));
      } catch {
        return undefined;
      }
    };

    return {
      fn: {
        // Whatever is said of an operation is searched, word by word.
        opsFilter: (tags, phrase) => {
          const words = phrase.toLowerCase().split(/\s+/).filter(Boolean);
          const said = (it) => {
            const operation = it.get("operation");
            const names = (operation.get("parameters")?.toJS?.() ?? []).map((parameter) => parameter.name);
            const texts = ["summary", "description", "operationId"].map((name) => operation.get(name));
            return [it.get("method"), it.get("path"), ...texts, ...names].join(" ").toLowerCase();
          };
          return tags
            .map((tag, name) => tag.update("operations", (all) => all.filter((it) => {
              const text = `${name.toLowerCase()} ${said(it)}`;
              return words.every((word) => text.includes(word));
            })))
            .filter((tag) => tag.get("operations").size > 0);
        },
      },
      wrapComponents: {
        responses: (Original) => (props) => h(React.Fragment, null,
          h(Examples, { path: props.path, method: props.method }),
          h(Original, props)),
        liveResponse: (Original) => (props) => {
          const problem = problemIn(props.response);
          return h(React.Fragment, null, problem ? h(Said, { problem }) : null, h(Original, props));
        },
        // The page has a heading of its own, and names neither an address to type in nor a validator.
        Topbar: () => () => null,
      },
    };
  };

  // What may be left out is left out of a form until a person fills it in: an example in the field would select nothing,
  // or repeat the key of another request. It is told beside the field.
  const withEmptyFields = (description) => {
    const copy = structuredClone(description);
    for (const operation of Object.values(copy.paths).flatMap((path) => Object.values(path))) {
      for (const parameter of operation.parameters ?? []) {
        const example = exampleOf(parameter);
        if (parameter.required || example === undefined) continue;
        delete parameter.example;
        parameter.description = `${parameter.description ?? ""} Example: \`${example}\`.`;
      }
    }
    return copy;
  };

  const show = (description) => SwaggerUIBundle({
    spec: withEmptyFields(description),
    domNode: operations,
    plugins: [additionsTo(description)],
    deepLinking: true,
    displayRequestDuration: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    filter: true,
    // The key is forgotten with the page, and no other server is asked about the description.
    persistAuthorization: false,
    validatorUrl: null,
    tryItOutEnabled: true,
    onComplete: () => {
      const search = document.querySelector(".operation-filter-input");
      if (search) {
        search.placeholder = "Search operations";
        search.setAttribute("aria-label", "Search operations");
      }
    },
  });

  const operations = document.getElementById("operations");
  fetch("/openapi.json", { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`it answered ${answer.status}`))))
    .then(show)
    .catch((why) => {
      operations.textContent = `The description of the API did not come (${why.message}). Load the page again in a moment.`;
    });
})();
