// A satellite picture from the network, under everything else: off until the reader ticks it, and never part of a link.

const PICTURE = "https://gibs.earthdata.nasa.gov/wmts/epsg3857/best/BlueMarble_ShadedRelief_Bathymetry/default/GoogleMapsCompatible_Level8/{z}/{y}/{x}.jpeg";
let satellite = null;

function listenToTiles() {
  byId("tiles").addEventListener("change", ({ target }) => {
    byId("tiles-words").hidden = !target.checked;
    if (satellite) satellite.remove();
    satellite = null;
    if (!target.checked) return;
    if (!scene.map.getPane("picture")) scene.map.createPane("picture").style.zIndex = 260;
    satellite = L.tileLayer(PICTURE, { pane: "picture", maxNativeZoom: 8, maxZoom: 9, opacity: 0.6, referrerPolicy: "no-referrer" }).addTo(scene.map);
    say(byId("tiles-words").textContent);
  });
}
