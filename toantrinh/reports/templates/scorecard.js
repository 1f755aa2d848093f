(() => {
  const all = () => document.querySelectorAll("main details");
  const set = (open) => all().forEach((one) => { one.open = open; });
  const bar = document.getElementById("openers");
  bar.hidden = false;
  bar.querySelector("[data-open]").addEventListener("click", () => set(true));
  bar.querySelector("[data-close]").addEventListener("click", () => set(false));
  let before = [];
  addEventListener("beforeprint", () => { before = [...all()].filter((one) => !one.open && !one.classList.contains("quiet")); before.forEach((one) => { one.open = true; }); });
  addEventListener("afterprint", () => before.forEach((one) => { one.open = false; }));
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
