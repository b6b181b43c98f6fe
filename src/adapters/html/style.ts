/** The style of a report: system fonts, both themes from one list of colours, and paper. */
export const STYLE = `
:root{color-scheme:light dark;
--page:light-dark(#ffffff,#0f1216);--raised:light-dark(#f6f7f9,#171b21);--line:light-dark(#dde1e6,#2c323a);--strong:light-dark(#b6bec8,#4a525d);
--text:light-dark(#1b2026,#e4e8ed);--soft:light-dark(#545d68,#a0a9b4);--link:light-dark(#0b57b0,#7cb7ff);
--good:light-dark(#17683a,#6fd393);--good-back:light-dark(#e5f5eb,#12301e);
--bad:light-dark(#ad1a22,#ff9c98);--bad-back:light-dark(#fdeaea,#3d1618);
--warning:light-dark(#7d5100,#efbf5d);--warning-back:light-dark(#fdf3dd,#372708);
--neutral:light-dark(#4d5660,#aab3bd);--neutral-back:light-dark(#eceff2,#232930);
--keyword:light-dark(#7a2f9a,#d3a6f3);--literal:light-dark(#0a5c5c,#7fd4cf);--comment:light-dark(#5d6670,#959fab);
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;--sans:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
html{scroll-padding-top:4rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.55 var(--sans)}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
main:focus{outline:none}
.skip{position:absolute;left:-99rem;top:.5rem;padding:.5rem 1rem;background:var(--page);z-index:3}.skip:focus{left:.5rem}
.spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.top{position:sticky;top:0;z-index:2;display:flex;justify-content:space-between;align-items:center;gap:1rem;padding:.55rem max(clamp(1rem,3vw,2.5rem),(100vw - 84rem)/2 + 2.5rem);background:var(--page);border-bottom:1px solid var(--line)}
.top p{margin:0}.made{color:var(--soft);font-size:13px;margin-left:.6rem}
button,input[type=search]{font:inherit;font-size:13px;color:var(--text);background:var(--page);border:1px solid var(--strong);border-radius:6px;padding:.3rem .7rem;min-height:2rem}
button{cursor:pointer;white-space:nowrap}button:hover{background:var(--raised)}
.columns{display:grid;grid-template-columns:13rem minmax(0,1fr);gap:clamp(1.5rem,3vw,3rem);max-width:84rem;margin:0 auto;padding:0 clamp(1rem,3vw,2.5rem) 5rem}
nav{position:sticky;top:3.4rem;align-self:start;max-height:calc(100vh - 4rem);overflow:auto;padding:1.6rem 0;font-size:14px}
nav h2{font-size:13px;margin:0 0 .3rem;color:var(--soft);font-weight:600}
nav ul{list-style:none;margin:0 0 1.4rem;padding:0}
nav a{display:block;padding:.22rem .6rem;margin-left:-.6rem;border-radius:5px;color:var(--text);text-decoration:none}nav a:hover{background:var(--raised)}
article{padding-top:1.5rem}article+article{margin-top:3.5rem;border-top:3px double var(--strong);padding-top:2.5rem}
h1{font-size:30px;line-height:1.2;letter-spacing:-.015em;margin:.2rem 0 0}
h2{font-size:20px;line-height:1.3;letter-spacing:-.01em;margin:0 0 .8rem}
h3{font-size:15px;margin:1.9rem 0 .5rem}
section{margin-top:2.8rem}
p{margin:.4rem 0 .8rem;max-width:75ch}
.facts,.place,.absent,figcaption{color:var(--soft);font-size:13px}.facts code{font-size:12.5px}
code,pre,.mono,.version,.place{font-family:var(--mono)}
.place{margin:.3rem 0;font-size:12.5px;overflow-wrap:anywhere}
.facts{overflow-wrap:anywhere;margin:.2rem 0 1rem}
.sign{display:inline-grid;place-items:center;width:1.15em;height:1.15em;border-radius:50%;font-size:.85em;font-weight:700;line-height:1;flex:none}
.good .sign,.sign.good{color:var(--good)}.bad .sign,.sign.bad{color:var(--bad)}.warning .sign,.sign.warning{color:var(--warning)}.neutral .sign,.sign.neutral{color:var(--neutral)}
.verdict{display:inline-flex;align-items:center;gap:.5rem;margin:0 0 1rem;padding:.35rem .9rem .35rem .7rem;border-radius:2rem;font-weight:600}
.verdict.good{background:var(--good-back);color:var(--good)}.verdict.bad{background:var(--bad-back);color:var(--bad)}.verdict.warning{background:var(--warning-back);color:var(--warning)}
.headlines{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:.8rem;margin:0}
.headlines div{border:1px solid var(--line);border-left:4px solid var(--neutral);border-radius:7px;padding:.65rem .9rem .75rem;background:var(--raised)}
.headlines .good{border-left-color:var(--good)}.headlines .bad{border-left-color:var(--bad);background:var(--bad-back)}.headlines .warning{border-left-color:var(--warning);background:var(--warning-back)}
.headlines dt{display:flex;align-items:center;gap:.35rem;font-size:13px;color:var(--soft);font-weight:600}
.headlines .bad dt,.headlines .warning dt{color:var(--text)}
.headlines dd{margin:.15rem 0 0;overflow-wrap:anywhere}
.badge{display:inline-flex;align-items:center;gap:.25rem;padding:.05rem .55rem .05rem .35rem;border-radius:1rem;font:500 12px/1.6 var(--sans);white-space:nowrap}
.badge.good{background:var(--good-back);color:var(--good)}.badge.bad{background:var(--bad-back);color:var(--bad)}.badge.warning{background:var(--warning-back);color:var(--warning)}.badge.neutral{background:var(--neutral-back);color:var(--neutral)}
.scroll,.code,.drawing{overflow:auto;border:1px solid var(--line);border-radius:7px;margin:.5rem 0 1rem}
table{border-collapse:collapse;width:100%;font-size:13.5px;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:.42rem .8rem;border-bottom:1px solid var(--line);font-weight:400}
tbody tr:last-child>*{border-bottom:0}
thead th{font-size:12.5px;font-weight:600;color:var(--soft);background:var(--raised);white-space:nowrap;position:sticky;top:0}
.right{text-align:right;white-space:nowrap}
td{overflow-wrap:break-word}.none{color:var(--soft)}
.scroll{max-height:34rem}
.checks td:nth-child(3){white-space:nowrap}.checks td.mono{font-size:12.5px;min-width:9rem}.checks th[scope=row]{min-width:15rem}
.checks summary{cursor:pointer}.checks pre{margin:.4rem 0;padding:.6rem;background:var(--raised);border-radius:5px;overflow-wrap:anywhere;white-space:pre-wrap}
pre{margin:0;font-size:12.5px;line-height:1.6;tab-size:4}
.code{background:var(--raised);max-height:34rem}.code pre{padding:.8rem 1rem}
.k{color:var(--keyword)}.s{color:var(--literal)}.c{color:var(--comment);font-style:italic}
.diff{padding:.4rem 0!important}.diff code{display:block;min-width:max-content;padding:0 1rem}
.diff span{display:block;margin:0 -1rem;padding:0 1rem}.diff .plus{background:var(--good-back);color:var(--good)}.diff .minus{background:var(--bad-back);color:var(--bad)}
.diff .at{margin-top:.5rem;color:var(--text);font-weight:600;border-bottom:1px solid var(--line)}
.figures{display:flex;flex-wrap:wrap;gap:.3rem 1.8rem;margin:.2rem 0 .9rem;font-size:13.5px}.figures div{display:flex;gap:.4rem}.figures dt{color:var(--soft)}.figures dd{margin:0;font-variant-numeric:tabular-nums}
.findings{list-style:none;margin:.5rem 0 1rem;padding:0}.findings li{padding:.55rem 0;border-top:1px solid var(--line)}.findings li:last-child{border-bottom:1px solid var(--line)}
.message{white-space:pre-wrap;overflow-wrap:anywhere}.rule{color:var(--soft);font:12px var(--mono)}
figure{margin:.5rem 0 1.2rem}figcaption{margin-bottom:.3rem}
.timeline svg{display:block;width:100%;height:auto;min-width:34rem}.reel{overflow-x:auto}
.timeline text{font:11px var(--sans);fill:var(--soft)}.floor,.day{stroke:var(--strong);fill:none}.reach{fill:transparent}
.timeline g.good{fill:var(--good);stroke:var(--good)}.timeline g.bad{fill:var(--bad);stroke:var(--bad)}.timeline g.warning{fill:var(--warning);stroke:var(--warning)}.timeline g.neutral{fill:var(--neutral);stroke:var(--neutral)}
.timeline .bar{stroke:none}.timeline .reach{stroke:none}.timeline g:hover .bar{opacity:.7}.cross{fill:none;stroke-width:2}
.key{white-space:nowrap}.key::before{content:'';display:inline-block;width:.7em;height:.7em;border-radius:2px;margin:0 .3em 0 .6em;background:var(--neutral)}
.key.good::before{background:var(--good)}.key.bad::before{background:var(--bad)}.key.warning::before{background:var(--warning)}
.bars .was{fill:var(--strong)}.bars .now{fill:var(--link)}
.tools{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem .9rem;margin:.3rem 0 .7rem;font-size:13px}.tools[hidden]{display:none}
.tools output{color:var(--soft)}.tools input[type=search]{width:16rem;max-width:60vw}
fieldset{border:0;margin:0;padding:0;display:flex;align-items:center;gap:.9rem}legend{float:left;color:var(--soft)}
.tools label{display:inline-flex;align-items:center;gap:.35rem}.legend{display:flex;gap:.8rem;margin:0}
.legend span{padding:0 .5rem;border-radius:4px;border:1px solid}.legend .added{color:var(--good);background:var(--good-back)}.legend .changed{color:var(--warning);background:var(--warning-back)}.legend .removed{color:var(--bad);background:var(--bad-back);border-style:dashed}
.drawing{max-height:40rem;background:var(--page)}.drawing svg{display:block}
@media(min-width:48rem){.diagram:has(.fit input:checked) svg{max-width:100%;height:auto}}
.drawing text{font:12px var(--mono);fill:var(--text)}.drawing .er-name{font-weight:700}.drawing .er-key{fill:var(--soft)}
.drawing rect{fill:var(--page);stroke:var(--strong)}.drawing .er-head{fill:var(--raised)}.drawing .er-row{stroke:none;fill:none}
.drawing path{fill:none;stroke:var(--soft)}
.drawing .added>rect{stroke:var(--good);fill:var(--good-back)}.drawing .added>text:not(.er-key){fill:var(--good)}.drawing .added>path{stroke:var(--good);stroke-width:1.6}
.drawing .removed>rect{stroke:var(--bad);fill:var(--bad-back);stroke-dasharray:5 3}.drawing .removed>text:not(.er-key){fill:var(--bad);text-decoration:line-through}.drawing .removed>path{stroke:var(--bad);stroke-width:1.6;stroke-dasharray:5 3}
.drawing .er-table.changed>rect{stroke:var(--warning);stroke-width:1.5}.drawing .er-table.changed>.er-head{fill:var(--warning-back)}.drawing g.changed:not(.er-table)>rect{fill:var(--warning-back)}.drawing g.changed:not(.er-table)>text:not(.er-key),.drawing .er-table.changed>.er-name{fill:var(--warning)}
.drawing g:not(.er-table)>.er-row{stroke:none}
.diagram:has(input[value=before]:checked) .drawing .added,.diagram:has(input[value=after]:checked) .drawing .removed{display:none}
.migration{border:1px solid var(--line);border-radius:7px;margin:.4rem 0;content-visibility:auto;contain-intrinsic-size:auto 44px}
.migration[hidden]{display:none}
.migration>summary{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem .8rem;padding:.55rem .9rem;cursor:pointer;list-style:none}
.migration>summary::-webkit-details-marker{display:none}
.migration>summary::before{content:'▸';color:var(--soft);display:inline-block;width:.8em;line-height:1;transition:rotate .12s}
.migration[open]>summary::before{rotate:90deg}
.migration>summary:hover{background:var(--raised)}.migration[open]>summary{border-bottom:1px solid var(--line)}
.version{font-size:13px;color:var(--soft)}.name{font-weight:600}.name::first-letter{text-transform:uppercase}.badges{display:inline-flex;flex-wrap:wrap;gap:.35rem;margin-left:auto}
.inside{padding:0 1.1rem 1rem}.inside>h3:first-child{margin-top:1rem}
@media(max-width:60rem){.columns{display:block}nav{position:static;max-height:none;padding:1rem 0 0}nav ul{display:flex;flex-wrap:wrap;gap:0 1rem;margin-bottom:.6rem}nav a{padding:.3rem 0;margin:0;color:var(--link)}}
@media(max-width:36rem){body{font-size:14.5px}.made{display:block;margin:0}h1{font-size:25px}.headlines{grid-template-columns:1fr}.inside{padding:0 .7rem .7rem}.badges{margin-left:0}th,td{padding:.4rem .55rem}.top{align-items:flex-start}}
@media(prefers-reduced-motion:reduce){*{transition:none!important}}
@media print{:root,:root[data-theme=dark]{color-scheme:light}body{font-size:10.5pt}.top{position:static;padding-inline:0}nav,.tools,.skip,#theme{display:none!important}.columns{display:block;padding:0;max-width:none}
.scroll,.code,.drawing{max-height:none;overflow:visible}pre,.diff code{white-space:pre-wrap;overflow-wrap:anywhere;min-width:0!important}.drawing svg{max-width:100%;height:auto}thead th{position:static}
.migration{content-visibility:visible;break-inside:auto}.migration:not([open])::details-content,tr:not(.good) details:not([open])::details-content{content-visibility:visible;block-size:auto}table{font-size:9pt}th,td{padding:.3rem .5rem}.checks th[scope=row]{min-width:0}h2,h3,.migration>summary{break-after:avoid}tr,.headlines div{break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
