// Suggestions while typing. Everything works without this file.
(() => {
  const wait = 180;
  const least = 2;
  const offer = (input, list) => {
    let timer;
    let asked = "";
    const show = (found) => {
      list.replaceChildren(...found.map(({ label }) => {
        const option = document.createElement("option");
        option.value = label;
        return option;
      }));
    };
    const ask = async () => {
      const text = input.value.trim();
      if (text.length < least || text === asked) return;
      asked = text;
      const address = new URL(input.dataset.forslag, location.href);
      address.searchParams.set("q", text);
      const answer = await fetch(address);
      if (answer.ok && asked === text) show((await answer.json()).suggestions);
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => ask().catch(() => show([])), wait);
    });
  };
  for (const [place, input] of document.querySelectorAll("input[data-forslag]").entries()) {
    const list = document.createElement("datalist");
    list.id = `forslag-${place}`;
    input.after(list);
    input.setAttribute("list", list.id);
    offer(input, list);
  }
})();
