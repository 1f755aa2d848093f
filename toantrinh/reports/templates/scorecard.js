(() => {
  const all = () => document.querySelectorAll("main details");
  const set = (open) => all().forEach((one) => { one.open = open; });
  const bar = document.getElementById("openers");
  bar.hidden = false;
  bar.querySelector("[data-open]").addEventListener("click", () => set(true));
  bar.querySelector("[data-close]").addEventListener("click", () => set(false));

  // The sieve: of each check, what it said of whom, and how grave that is; what nothing is left of goes with it.
  const sieve = document.getElementById("sieve"), status = sieve.querySelector("[role=status]"), undo = sieve.querySelector("[data-all]");
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  const checks = [...document.querySelectorAll("#criteria .check")].map((one) => ({
    one, group: one.closest(".group").id, severity: one.dataset.severity, said: one.dataset.said.split(" ").map((row) => row.split("|")), words: "",
  }));
  const asked = () => ({
    verdicts: [...sieve.querySelectorAll("[name=verdict]:checked")].map((box) => box.value),
    ...Object.fromEntries([...sieve.querySelectorAll("select, [type=search]")].map((field) => [field.name, fold(field.value.trim())])),
  });
  const passes = (check, want) => (!want.group || check.group === want.group)
    && (!want.severity || check.severity === want.severity)
    && check.said.some(([service, verdict]) => (!want.service || service === want.service) && (!want.verdicts.length || want.verdicts.includes(verdict)))
    && (!want.words || (check.words ||= fold(check.one.textContent)).includes(want.words));
  const sift = () => {
    const want = asked(), active = Boolean(want.verdicts.length || want.group || want.severity || want.service || want.words);
    let left = 0;
    for (const check of checks) left += !(check.one.hidden = !passes(check, want));
    for (const box of document.querySelectorAll("#criteria .criterion, #criteria .group")) {
      box.hidden = active && !box.querySelector(".check:not([hidden])");
      if (box.open !== undefined && active && !box.hidden) box.open = true;
    }
    status.textContent = active ? `Còn ${left} trong ${checks.length} phép kiểm.` : "";
    undo.hidden = !active;
    sieve.classList.toggle("sifting", active);
  };
  sieve.hidden = false;
  sieve.addEventListener("input", sift);
  undo.addEventListener("click", () => {
    for (const field of sieve.querySelectorAll("input, select")) { field.checked = false; if (field.type !== "checkbox") field.value = ""; }
    sift();
    sieve.querySelector("input").focus();
  });

  let before = [];
  addEventListener("beforeprint", () => { before = [...all()].filter((one) => !one.open && !one.classList.contains("quiet")); before.forEach((one) => { one.open = true; }); });
  addEventListener("afterprint", () => before.forEach((one) => { one.open = false; }));
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]")) undo.click(); // what is asked for by name is shown, whatever is sifted
    for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
