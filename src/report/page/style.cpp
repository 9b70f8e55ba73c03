#include "context.hpp"

namespace attest::report {

// Colours are the variables of the drawings' style sheet, so that light, dark and paper are defined once.
std::string page_style() {
    return R"(html { color-scheme:light dark; }
body { margin:0 auto; max-width:62rem; padding:2rem 1.25rem 4rem; background:var(--paper); color:var(--ink);
 font:1rem/1.55 system-ui,-apple-system,"Segoe UI",sans-serif; }
h1 { font-size:1.9rem; line-height:1.2; margin:0 0 .25rem; font-weight:650; letter-spacing:-.01em; }
h2 { font-size:1.35rem; margin:3rem 0 .75rem; padding-bottom:.3rem; border-bottom:1px solid var(--grid); font-weight:620; }
h3 { font-size:1.08rem; margin:0; font-weight:620; }
h4 { font-size:1rem; margin:1.25rem 0 .25rem; font-weight:600; }
p { margin:.5rem 0; } a { color:var(--a); text-underline-offset:.15em; }
:focus-visible { outline:3px solid var(--b); outline-offset:2px; border-radius:3px; }
section:focus, main:focus { outline:none; }
.skip { position:absolute; left:-99rem; } .skip:focus { left:1rem; top:1rem; background:var(--paper); padding:.5rem 1rem; z-index:1; }
.note, caption, figcaption { color:var(--muted); font-size:.9rem; }
nav ul, .tiles { list-style:none; display:flex; flex-wrap:wrap; gap:.35rem 1.4rem; margin:1rem 0 0; padding:0; }
.tiles { gap:.75rem; margin:1rem 0 1.25rem; }
.tile { border:1px solid var(--grid); border-top:3px solid var(--grid); border-radius:6px; padding:.5rem 1rem .6rem; min-width:7.5rem; flex:0 1 auto; }
.tile strong { display:block; font-size:1.7rem; line-height:1.2; font-weight:620; font-variant-numeric:tabular-nums; }
.tile span { color:var(--muted); font-size:.9rem; }
.tile.good { border-top-color:var(--c); } .tile.bad { border-top-color:var(--b); } .tile.alarm { border-top-color:var(--d); background:var(--d-soft); } .tile.alarm span { color:inherit; } .tile.open { border-top-color:var(--e); }
.banner { background:var(--d-soft); border-left:4px solid var(--d); padding:.6rem 1rem; border-radius:0 6px 6px 0; font-weight:600; }
.mark { display:inline-block; white-space:nowrap; padding:.05rem .55rem; border-radius:1rem; font-size:.88rem; font-weight:600; border:1px solid; color:var(--ink); }
.mark.good { border-color:var(--c); background:var(--c-soft); } .mark.bad { border-color:var(--b); background:var(--b-soft); }
.mark.alarm { border-color:var(--d); background:var(--d-soft); } .mark.open { border-color:var(--e); background:var(--e-soft); }
.scroll { overflow-x:auto; }
table { border-collapse:collapse; width:100%; margin:.75rem 0; font-variant-numeric:tabular-nums; font-size:.94rem; }
caption { text-align:left; padding-bottom:.4rem; }
th, td { text-align:left; vertical-align:top; padding:.4rem .75rem .4rem 0; border-bottom:1px solid var(--grid); overflow-wrap:break-word; }
thead th { font-size:.85rem; color:var(--muted); font-weight:600; border-bottom:2px solid var(--grid); white-space:nowrap; }
tbody th { font-weight:500; overflow-wrap:normal; } tbody th code { overflow-wrap:inherit; } td.number, th.number { text-align:right; padding-right:1.25rem; } td.number { white-space:nowrap; }
.ledger td:nth-child(2) { min-width:13em; } .ledger td:nth-child(4), .ledger td:nth-child(5) { overflow-wrap:anywhere; min-width:5em; }
.depth-1 th, .depth-2 th, .depth-3 th { padding-left:1.25rem; }
article { border:1px solid var(--grid); border-radius:8px; padding:1rem 1.25rem; margin:1rem 0; }
article header { display:flex; flex-wrap:wrap; gap:.4rem .9rem; align-items:baseline; justify-content:space-between; }
article header h3 { flex:1 1 22rem; overflow-wrap:anywhere; } article.refused { border-color:var(--d); }
.facts { display:grid; grid-template-columns:minmax(7rem,max-content) 1fr; gap:.3rem 1.25rem; margin:.75rem 0 0; }
.facts dt { color:var(--muted); font-size:.92rem; } .facts dd { margin:0; overflow-wrap:anywhere; min-width:0; } .facts ul { margin:0; padding-left:1.1rem; }
code, pre { font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace; font-size:.88em; overflow-wrap:anywhere; }
pre { white-space:pre-wrap; background:var(--code); border:1px solid var(--grid); border-radius:6px; padding:.7rem .9rem; margin:.4rem 0; }
:root { --code:#f6f6f4; } @media (prefers-color-scheme: dark) { :root { --code:#1e2127; } } @media print { :root { --code:#fff; } }
details { margin:.8rem 0 0; border-top:1px solid var(--grid); padding-top:.6rem; } summary { cursor:pointer; font-weight:600; font-size:.95rem; padding:.1rem 0; }
figure { margin:.9rem 0; } figure svg { display:block; max-width:100%; height:auto; } figcaption { margin-top:.35rem; max-width:46rem; }
.figures { display:flex; flex-wrap:wrap; gap:0 2.5rem; } .figures figure { max-width:100%; } .figures figcaption { width:0; min-width:100%; }
@media (max-width:40rem) { .facts { grid-template-columns:1fr; gap:0; } .facts dd { margin-bottom:.5rem; } .scroll table { min-width:38rem; } }
@media print { body { max-width:none; padding:0; font-size:10pt; } nav, .skip { display:none; } a { color:inherit; text-decoration:none; }
 details::details-content { content-visibility:visible; height:auto; } h2 { break-after:avoid; } tr, figure { break-inside:avoid; } article header, h3, h4 { break-after:avoid; }
 p { orphans:3; widows:3; } figure svg { max-height:20cm; } .scroll { overflow:visible; } .scroll table { min-width:0; } table { font-size:9pt; } thead th { white-space:normal; font-size:8pt; } th, td, td.number, th.number { padding-right:.5rem; } td.number { white-space:normal; } thead { display:table-header-group; } }
)";
}

}  // namespace attest::report
