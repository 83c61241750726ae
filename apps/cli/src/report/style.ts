/** Calm, printable, light and dark. */
export const style = `
:root{color-scheme:light dark;--back:#fbfaf7;--card:#fff;--text:#22252b;--soft:#6b7079;--line:#e3e1db;--plus:#d64541;--minus:#2e74c9;--affine:#5b6b8c;--quantizer:#b0641b}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--back:#15171b;--card:#1d2026;--text:#e8e8e6;--soft:#9aa0aa;--line:#30343c;--plus:#ef6b66;--minus:#5d9df0;--affine:#9db0d8;--quantizer:#e4a25c}}
:root[data-theme=dark]{color-scheme:dark;--back:#15171b;--card:#1d2026;--text:#e8e8e6;--soft:#9aa0aa;--line:#30343c;--plus:#ef6b66;--minus:#5d9df0;--affine:#9db0d8;--quantizer:#e4a25c}
:root[data-theme=light]{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:1080px;margin:0 auto;padding:2.5rem 1.25rem 5rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3rem}h2{font-size:1.25rem;margin:2.6rem 0 .6rem}h3{font-size:1.15rem;margin:0 0 .8rem}h4{font-size:.95rem;margin:0 0 .5rem}
h3 small,th small,td small{color:var(--soft);font-weight:400;font-size:.78rem}
.small,figcaption{color:var(--soft);font-size:.82rem}.note{border-left:3px solid var(--quantizer);padding:.2rem .8rem}
.math{font-family:Georgia,"Times New Roman",serif}.number{font-variant-numeric:tabular-nums;text-align:right}
h4 .number{color:var(--soft);font-weight:400;margin-left:.4rem}
em{font-style:normal;font-weight:600}.affine{color:var(--affine)}.quantizer{color:var(--quantizer)}
.facts{display:flex;flex-wrap:wrap;gap:.6rem;margin:1.2rem 0 0;padding:0;list-style:none}
.facts li{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.5rem .9rem}.facts b{display:block;font-size:1.1rem;font-variant-numeric:tabular-nums}.facts span{color:var(--soft);font-size:.82rem}
.strip{display:flex;flex-wrap:wrap;gap:.35rem;margin:.8rem 0 1rem}.strip span{border:1.5px solid currentColor;border-radius:3px;padding:.1rem .55rem;font-size:.8rem}.strip .quantizer{border-radius:99px}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.88rem;min-width:60%}th,td{text-align:left;padding:.3rem 1.1rem .3rem 0;border-bottom:1px solid var(--line);white-space:nowrap}th.number,td.number{text-align:right}
thead th{color:var(--soft);font-weight:500}
summary{cursor:pointer;color:var(--soft);font-size:.88rem;margin-bottom:.3rem}
nav{display:flex;flex-wrap:wrap;gap:.4rem;margin:.6rem 0 1rem}
.thumb{display:inline-grid;place-items:end center;width:46px;height:46px;border:1px solid var(--line);border-radius:6px;background:#000 center/cover;image-rendering:pixelated;color:#0000;font-size:0;text-decoration:none}
.plain .thumb{background:var(--card);color:var(--text);font-size:.7rem;width:auto;min-width:46px;padding:.2rem .4rem;place-items:center}
nav .thumb[aria-current=true],.thumb:focus-visible,.thumb:hover{outline:3px solid var(--quantizer);outline-offset:1px}
.input{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.3rem 1.4rem;margin:0 0 1.2rem;scroll-margin-top:1rem}
.input:focus{outline:none}.js .input:not(.shown){display:none}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(215px,1fr));gap:1.6rem;margin-bottom:1.2rem}.templates{display:grid;grid-template-columns:repeat(auto-fit,minmax(215px,1fr));gap:1.6rem;align-content:start}@media (min-width:760px){.templates{grid-column:span 2}}
figure{margin:0 0 .6rem}.pictures{display:grid;grid-template-columns:1fr 1fr;gap:.7rem}
img.pixels{width:100%;aspect-ratio:auto;image-rendering:pixelated;border:1px solid var(--line);border-radius:6px;display:block}
.axis{display:grid;grid-template-columns:3.2em 1fr;gap:.4rem}.axis small{display:flex;flex-direction:column;justify-content:space-between;text-align:right;color:var(--soft);font-size:.7rem;font-variant-numeric:tabular-nums}
.plot{width:100%;height:90px;display:block}.plot line{stroke:var(--soft);stroke-width:1;vector-effect:non-scaling-stroke}.plus{fill:var(--plus);background:var(--plus)}.minus{fill:var(--minus);background:var(--minus)}
.bar{display:grid;grid-template-columns:minmax(2ch,max-content) 1fr 5.2em;gap:.5rem;align-items:center;font-size:.82rem;line-height:1.55}.template .bar,.signed .bar{grid-template-columns:6.4em 1fr 4.6em}
.bar i{position:relative;height:.62em;background:color-mix(in srgb,var(--line) 60%,transparent);border-radius:3px;overflow:hidden}.bar b{position:absolute;top:0;bottom:0}.bars:not(.signed) b{background:var(--affine)}
.bar.strong{font-weight:650}.bars:not(.signed) .strong b{background:var(--quantizer)}
.neighbours td{padding-right:.8rem}.neighbours td small{display:block;font-variant-numeric:tabular-nums}.neighbours th{font-weight:500}.neighbours th small{display:block}
.legend{display:flex;align-items:center;gap:.5rem;color:var(--soft);font-size:.82rem}.legend i{width:120px;height:.7em;border-radius:3px;background:linear-gradient(90deg,var(--minus),transparent,var(--plus));border:1px solid var(--line)}
kbd{border:1px solid var(--line);border-radius:4px;padding:0 .3em;font-size:.85em;background:var(--card)}
footer{color:var(--soft);font-size:.82rem;margin-top:3rem}
@media print{.js .input:not(.shown){display:block}nav,.keys{display:none}.input{break-inside:avoid}}
`;
