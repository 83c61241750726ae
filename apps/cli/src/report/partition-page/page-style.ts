/** The picture fills the window, a panel stands beside or below it; light and dark. */
export const pageStyle = `
:root{color-scheme:light dark;--back:#fbfaf7;--card:#fff;--text:#22252b;--soft:#646973;--line:#e3e1db;--accent:#b0641b}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--back:#15171b;--card:#1d2026;--text:#e8e8e6;--soft:#9aa0aa;--line:#30343c;--accent:#e4a25c}}
:root[data-theme=dark]{color-scheme:dark;--back:#15171b;--card:#1d2026;--text:#e8e8e6;--soft:#9aa0aa;--line:#30343c;--accent:#e4a25c}
:root[data-theme=light]{color-scheme:light}
*{box-sizing:border-box}
html,body{height:100%}
body{margin:0;background:var(--back);color:var(--text);font:15px/1.45 system-ui,sans-serif;display:grid;grid-template-columns:minmax(0,1fr) 25rem;grid-template-rows:auto minmax(0,1fr)}
header{grid-column:1/3;display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;align-items:center;padding:.7rem 1.1rem;border-bottom:1px solid var(--line)}
h1{font-size:1.05rem;margin:0;overflow-wrap:anywhere}h2{font-size:1rem;margin:0 0 .6rem}h3{font-size:.86rem;margin:1.1rem 0 .3rem}h3 small{color:var(--soft);font-weight:400}
.facts{color:var(--soft);font-size:.86rem;font-variant-numeric:tabular-nums}
.tools{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-left:auto}
fieldset{border:0;margin:0;padding:0;display:flex}legend{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
fieldset label{position:relative;cursor:pointer;border:1px solid var(--line);background:var(--card);padding:.22rem .7rem;font-size:.86rem;margin-left:-1px}
fieldset label:first-of-type{border-radius:8px 0 0 8px}fieldset label:last-of-type{border-radius:0 8px 8px 0}
fieldset input{position:absolute;inset:0;opacity:0;margin:0;cursor:pointer}
fieldset label:has(:checked){background:var(--text);color:var(--back);border-color:var(--text)}
button{font:inherit;font-size:.9rem;min-width:2rem;padding:.2rem .6rem;border:1px solid var(--line);border-radius:8px;background:var(--card);color:var(--text);cursor:pointer}
button:hover,fieldset label:hover{border-color:var(--soft)}
button:focus-visible,label:has(:focus-visible),canvas:focus-visible{outline:2.5px solid var(--accent);outline-offset:1px;z-index:1}
canvas:focus-visible{outline-offset:-3px}
.check{font-size:.86rem;display:flex;gap:.3rem;align-items:center;cursor:pointer}
.stage{position:relative;min-height:0;overflow:hidden}
.stage canvas{display:block;width:100%;height:100%;touch-action:none;cursor:crosshair}
.zoom{position:absolute;right:.8rem;bottom:.8rem;display:flex;gap:.35rem}
#place{position:absolute;left:.9rem;bottom:.8rem;font-size:.82rem;font-variant-numeric:tabular-nums;background:color-mix(in srgb,var(--back) 82%,transparent);padding:0 .4rem;border-radius:5px;white-space:pre}
aside{border-left:1px solid var(--line);padding:1rem 1.1rem;overflow:auto;background:var(--card);font-size:.88rem}
#legend{color:var(--soft);font-size:.82rem;display:flex;flex-wrap:wrap;gap:.25rem .7rem;align-items:center;padding-bottom:.8rem;margin-bottom:.9rem;border-bottom:1px solid var(--line)}
.swatch{display:inline-block;width:.85em;height:.85em;border-radius:3px;margin-right:.35em;vertical-align:-.06em;box-shadow:inset 0 0 0 1px color-mix(in srgb,var(--text) 25%,transparent)}
.ramp{flex:1;min-width:6rem;height:.75em;border-radius:3px}
dl{display:grid;grid-template-columns:auto 1fr;gap:.15rem .9rem;margin:0}dt{color:var(--soft)}dd{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
code{font-size:.95em}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.82rem}
th,td{text-align:right;padding:.16rem 0 .16rem .35rem;border-bottom:1px solid var(--line);font-weight:400;white-space:nowrap}th:first-child{text-align:left;padding-left:0}thead th{color:var(--soft)}
.small{color:var(--soft);font-size:.82rem}
#input{display:block;width:7rem;image-rendering:pixelated;border:1px solid var(--line);border-radius:5px;margin-bottom:.9rem}#input[hidden]{display:none}
[data-pinned=true] h2::after{content:" kept";color:var(--accent);font-weight:400}
#live{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
kbd{border:1px solid var(--line);border-radius:4px;padding:0 .3em;font-size:.9em}
@media (max-width:760px){body{grid-template-columns:1fr;grid-template-rows:auto 62vh auto;height:auto}header{grid-column:1}.tools{margin-left:0}aside{border-left:0;border-top:1px solid var(--line)}}
`;
