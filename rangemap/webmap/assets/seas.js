// Names of seas: where the word stands (longitude, latitude) and from which to which zoom it helps.
const SEAS = [
  ["Atlantic\nOcean", -38, 33, 1, 4.6], ["Atlantic\nOcean", -16, -22, 1, 4.6], ["Pacific\nOcean", -148, 22, 1, 4.6],
  ["Pacific\nOcean", 162, 22, 1, 4.6], ["Pacific\nOcean", -118, -28, 1, 4.6], ["Indian\nOcean", 78, -18, 1, 4.6],
  ["Arctic Ocean", -170, 77, 1, 4], ["Southern Ocean", 40, -58, 1, 4],
  ["Mediterranean", 18.2, 34.4, 3, 6.5], ["Black Sea", 34.3, 43.2, 3.2, 7], ["Caspian\nSea", 50.8, 41.6, 4.6, 7.5],
  ["Arabian Sea", 63.5, 16.5, 2.8, 6.5], ["Bay of\nBengal", 88, 14, 2.8, 6.5], ["Red Sea", 38, 20.6, 4.4, 7.5],
  ["Persian Gulf", 51.4, 27.2, 4.9, 8], ["Gulf of Aden", 47.6, 12.2, 4.6, 7.5], ["North Sea", 3, 56.6, 3.2, 6.5],
  ["Baltic Sea", 19.4, 57.2, 4.2, 7], ["Norwegian\nSea", 4, 67.5, 2.6, 6], ["Barents Sea", 38, 73.5, 2.6, 6],
  ["Kara Sea", 72, 75, 2.8, 6], ["Sea of\nOkhotsk", 149, 54, 2.6, 6], ["Bering Sea", -178, 58, 2.6, 6],
  ["Sea of Japan", 134.6, 40.2, 3.4, 7], ["Yellow Sea", 123.2, 36, 4.2, 7.5], ["East China\nSea", 125.4, 29.2, 3.8, 7],
  ["South China\nSea", 114, 13, 2.8, 6.5], ["Philippine\nSea", 133, 19, 2.8, 6], ["Caribbean Sea", -74, 15, 2.8, 6.5],
  ["Gulf of\nMexico", -91, 25.4, 3, 6.5], ["Hudson\nBay", -85, 59.5, 2.8, 6.5], ["Labrador\nSea", -55, 58, 2.8, 6],
  ["Coral Sea", 154, -17, 2.8, 6], ["Tasman Sea", 160, -38, 2.8, 6], ["Adriatic Sea", 15.6, 43, 5, 8],
  ["Aegean Sea", 25.1, 38.9, 5, 8], ["Aral Sea", 59.8, 45, 5.6, 8], ["Gulf of\nGuinea", 2.5, 1.5, 3, 6.5],
];
