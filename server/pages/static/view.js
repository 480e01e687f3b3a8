// Starts Mirador with the settings that the page carries.
Mirador.viewer(JSON.parse(document.getElementById("settings").textContent));
