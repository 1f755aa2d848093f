// The tracker of the EMC collector: takes the pushes of _govaq made before and after it was loaded, and sends beacons.
// Setters are applied before anything is sent, whatever the order of the first pushes: the tag pushes trackPageView first.
(function (window, document) {
  "use strict";
  var early = window._govaq;
  if (early && early.loaded) { return; }
  var settings = { url: "", site: "", title: null, address: null };
  var waiting = [];
  var visit = Math.random().toString(16).slice(2, 10);
  var lastAddress = "";

  function send(kind, more) {
    var fields = {
      idsite: settings.site,
      rec: "1",
      kind: kind,
      url: settings.address || window.location.href,
      title: settings.title === null ? document.title : settings.title,
      urlref: document.referrer,
      res: window.screen.width + "x" + window.screen.height,
      visit: visit,
      random: Math.random().toString(16).slice(2, 14)
    };
    for (var name in more) { fields[name] = more[name]; }
    var parts = [];
    for (var field in fields) { parts.push(encodeURIComponent(field) + "=" + encodeURIComponent(fields[field])); }
    var address = settings.url + (settings.url.indexOf("?") < 0 ? "?" : "&") + parts.join("&");
    try {
      if (window.fetch && "keepalive" in window.Request.prototype) {
        window.fetch(address, { method: "POST", mode: "no-cors", credentials: "omit", keepalive: true }).catch(function () {});
        return;
      }
      if (navigator.sendBeacon && navigator.sendBeacon(address)) { return; }
    } catch (refused) { /* a policy may forbid the one way and allow the other */ }
    new Image(1, 1).src = address;
  }

  function ready() { return settings.url && settings.site; }

  function onClick(event) {
    var link = event.target && event.target.closest ? event.target.closest("a[href]") : null;
    if (!link || !/^https?:$/.test(link.protocol)) { return; }
    if (link.hasAttribute("download") || /\.(pdf|docx?|xlsx?|zip)$/i.test(link.pathname)) {
      send("download", { link: link.href });
    } else if (link.host !== window.location.host) {
      send("link", { link: link.origin + link.pathname });
    }
  }

  function onNavigation() {
    var address = window.location.href;
    if (address === lastAddress) { return; }
    lastAddress = address;
    window.setTimeout(function () { send("view", {}); }, 0);
  }

  function wrapped(name) {
    var original = window.history[name];
    window.history[name] = function () {
      var answer = original.apply(this, arguments);
      onNavigation();
      return answer;
    };
  }

  var linksTracked = false, navigationTracked = false;
  var setters = {
    setTrackerUrl: function (address) { settings.url = String(address); },
    setSiteId: function (site) { settings.site = String(site); },
    setDocumentTitle: function (title) { settings.title = String(title); },
    setCustomUrl: function (address) { settings.address = String(address); }
  };
  var actions = {
    trackPageView: function (title) {
      lastAddress = window.location.href;
      send("view", typeof title === "string" && title ? { title: title } : {});
    },
    trackDVC: function (code, what, extra) {
      send("dvc", { code: String(code), dvc: String(what), extra: extra === undefined ? "" : String(extra) });
    },
    enableLinkTracking: function () {
      if (!linksTracked) { linksTracked = true; document.addEventListener("click", onClick, true); }
    },
    enableInPageNavigation: function () {
      if (navigationTracked) { return; }
      navigationTracked = true;
      lastAddress = window.location.href;
      wrapped("pushState");
      wrapped("replaceState");
      window.addEventListener("popstate", onNavigation);
      window.addEventListener("hashchange", onNavigation);
    }
  };

  function act(push) {
    var action = actions[push[0]];
    if (action) { action.apply(null, Array.prototype.slice.call(push, 1)); }
  }

  function take(push) {
    if (!push || !push.length) { return; }
    if (setters[push[0]]) {
      setters[push[0]].apply(null, Array.prototype.slice.call(push, 1));
      if (ready()) { waiting.splice(0).forEach(act); }
    } else if (ready()) {
      act(push);
    } else {
      waiting.push(push);
    }
  }

  var first = Array.isArray(early) ? early : [];
  first.filter(function (push) { return push && setters[push[0]]; }).forEach(take);
  first.filter(function (push) { return push && !setters[push[0]]; }).forEach(take);
  window._govaq = { loaded: true, push: function () { Array.prototype.slice.call(arguments).forEach(take); } };
})(window, document);
