import { drawn } from '../markup.ts';
import { chartStyle } from './chart-style.ts';
import { colors } from './colors.ts';

const pageStyle = `
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI","Helvetica Neue",Arial,"Liberation Sans",sans-serif;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
main{max-width:62rem;margin:0 auto;padding:2.5rem 1.5rem 3rem}
h1,h2,h3,h4,p,dl,dd,ol,ul,figure{margin:0}
h1{font-size:1.9rem;line-height:1.2;font-weight:650;letter-spacing:-.015em;text-wrap:balance;margin:.25rem 0 1.25rem}
h2{font-size:1.2rem;line-height:1.3;font-weight:650;letter-spacing:-.01em;margin:0 0 .75rem}
h3{font-size:1.05rem;line-height:1.4;font-weight:650}
h4{font-size:.95rem;font-weight:600;margin:.9rem 0 .35rem}
h4 .soft{font-weight:400}
section{margin-top:2.5rem}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:2px}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.86em}
.soft{color:var(--soft)}
p.soft{font-size:.86rem;margin:.5rem 0}
.below{display:block;font-size:.86em}
.nowrap{white-space:nowrap}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.kind{font-size:.86rem;color:var(--soft)}
.icon{width:1.05em;height:1.05em;flex:none;fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}

.verdict{margin:0;display:flex;gap:1.1rem;align-items:flex-start;padding:1.4rem 1.5rem;border-radius:12px;color:var(--on-tone);background:var(--tone)}
.verdict .icon{width:2.6rem;height:2.6rem;stroke-width:1.6;margin-top:.1rem}
.verdict h2{font-size:1.6rem;line-height:1.2;margin:0 0 .2rem}
.verdict .why{margin-top:.6rem;font-size:.95rem}
.good{--tone:var(--good)}.bad,.alarm{--tone:var(--bad)}.warn{--tone:var(--warn)}.info{--tone:var(--info)}.plain{--tone:var(--soft)}

.hypothesis{margin-top:1.5rem}
.hypothesis dl{display:grid;grid-template-columns:auto 1fr;gap:.35rem .9rem;font-size:1.1rem}
.hypothesis dt{color:var(--soft);text-align:right}
.facts{display:grid;grid-template-columns:repeat(4,1fr);gap:1rem 1.5rem;margin-top:1.75rem;padding:1rem 0;border-block:1px solid var(--line);font-size:.92rem}
.facts dt{color:var(--soft);font-size:.8rem}
.facts div:nth-child(3n+1){grid-column:span 2}

.next{padding-left:1.3rem}
.next li{margin:.35rem 0;padding-left:.2rem}
.next li::marker{font-weight:650}
.by-hand{margin-top:1rem;padding:1rem 1.25rem 1.25rem;border:2px solid var(--bad);border-radius:12px}
.by-hand h3{color:var(--bad-text)}
pre{margin:.4rem 0;padding:.65rem .8rem;border-radius:8px;background:var(--well);white-space:pre-wrap}

table{width:100%;border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
th{text-align:left;font-weight:600;color:var(--soft);font-size:.8rem;vertical-align:bottom}
td,th{padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td:last-child,th:last-child{padding-right:0}
.cards td{min-width:5rem}
.cards th{overflow-wrap:normal}
.state{display:inline-flex;align-items:center;gap:.4em;white-space:nowrap;font-size:.88rem;font-weight:600;color:var(--tone-text)}
.state.good{--tone-text:var(--good-text)}.state.bad{--tone-text:var(--bad-text)}.state.warn{--tone-text:var(--warn-text)}.state.plain{--tone-text:var(--soft)}

.probe{margin-top:1.5rem;padding:1.25rem 1.5rem;border:1px solid var(--line);border-radius:12px;background:var(--card)}
.probe h3{display:flex;flex-wrap:wrap;gap:.1rem 1rem;align-items:baseline}
.what{color:var(--soft);font-size:.88rem;margin-bottom:1rem}
.scroll{overflow-x:auto;margin-top:1rem;background:linear-gradient(to right,var(--card) 50%,transparent) local,linear-gradient(to left,var(--card) 50%,transparent) 100% 0 local,linear-gradient(to right,var(--unmeasured),transparent) scroll,linear-gradient(to left,var(--unmeasured),transparent) 100% 0 scroll;background-repeat:no-repeat;background-size:2.5rem 100%,2.5rem 100%,.9rem 100%,.9rem 100%}
.data{width:auto;white-space:nowrap}
.data caption{text-align:left;font-weight:600;font-size:.88rem;padding-bottom:.15rem}
.data th,.data td{padding:.3rem 0 .3rem 1.4rem;text-align:right}
.data th:first-child{padding-left:0;text-align:left;font-weight:400;color:inherit;font-size:inherit}
.data thead th:first-child{color:var(--soft);font-weight:600;font-size:.8rem}
details{margin-top:1rem}
summary{cursor:pointer;color:var(--link);font-size:.88rem;width:fit-content;padding:.2rem 0}

.timeline td{border:0;padding:.3rem .9rem .3rem 0}
.timeline .text{width:100%;padding-right:0}
.time{white-space:nowrap}
.event-kind{display:inline-block;min-width:4.2rem;font-size:.8rem;color:var(--soft)}
.is-problem .event-kind,.is-stop .event-kind,.is-alarm .event-kind{color:var(--bad-text);font-weight:600}
.is-verdict .event-kind{color:var(--ink);font-weight:600}
.number-sign{display:inline-block;min-width:1.6em;padding:0 .4em;border-radius:1em;background:var(--well);font-size:.78rem;line-height:1.6;text-align:center;font-variant-numeric:tabular-nums}
.note{padding:.9rem 1.1rem;border-radius:10px;background:var(--well);margin-top:.75rem}
.note p+p{margin-top:.5rem}
.note footer{margin-top:.5rem;font-size:.82rem;color:var(--soft)}
.failures{padding:0;list-style:none;font-size:.92rem}
.failures li{padding:.6rem 0;border-bottom:1px solid var(--line)}
.about{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.82rem;color:var(--soft)}
.about p{margin:.3rem 0}

@media (max-width:640px){
main{padding:1.25rem 1rem 2rem}
h1{font-size:1.5rem}
.verdict{padding:1.1rem;gap:.8rem}
.verdict .icon{width:2rem;height:2rem}
.verdict h2{font-size:1.35rem}
.facts{grid-template-columns:1fr 1fr}
.cards td[data-none]{display:none}
.probe{margin-inline:-1rem;padding:1rem;border-inline:0;border-radius:0}
.cards,.cards tbody,.cards tr,.cards td{display:block}
.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.data{font-size:.8rem}
.data th,.data td{padding-left:.5rem;white-space:normal;overflow-wrap:normal}
.data thead th,.data thead th:first-child{font-size:.72rem}
.cards tr{padding:.7rem 0;border-bottom:1px solid var(--line)}
.cards .state{white-space:normal}
.cards td{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:.75rem;padding:.12rem 0;border:0}
.cards td::before{content:attr(data-label);color:var(--soft);font-size:.8rem;line-height:1.65}
.timeline tr{display:grid;grid-template-columns:2.4rem auto auto 1fr;column-gap:.7rem;padding:.35rem 0;border-bottom:1px solid var(--line)}
.timeline td{padding:.05rem 0}
.timeline .text{grid-column:2/-1}
}
@media print{
body{font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main{max-width:none;padding:0}
.probe,.note,.by-hand,.verdict,tr{break-inside:avoid}
h2,h3{break-after:avoid}
details{display:none}
.scroll{overflow:visible}
a{color:inherit;text-decoration:none}
}
`;

/** All styles of a page. */
export const style = drawn(`${colors}${chartStyle}${pageStyle}`);
