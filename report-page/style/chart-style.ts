/**
 * Of charts and of their legend. Lines keep their width however far a drawing is stretched. What charts share is drawn by `use`, where
 * no selector sees the chart around it.
 */
export const chartStyle = `
.shapes{position:absolute}
.chart{display:block;width:calc(100% - 3.5rem);margin-left:3.5rem;overflow:visible;font-size:11.5px}
.chart svg{overflow:visible}
.panel,.panel svg,.lanes{width:100%}
.chart .lanes{overflow:hidden}
text{fill:var(--ink)}
text.soft{fill:var(--soft)}
text.end{text-anchor:end}text.middle{text-anchor:middle}
.caption{font-weight:600}
.halo{paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-linejoin:round}
.grid{stroke:var(--line)}
.axis line{stroke:var(--soft)}
.panel path,.panel svg path{vector-effect:non-scaling-stroke}
.band{fill:var(--band);stroke:var(--band)}
.median{fill:none;stroke:var(--series);stroke-width:1.6px}
.evidence{fill:none;stroke:var(--evidence);stroke-width:1.8px}
.bad-share{fill:var(--mark)}
.unmeasured{fill:var(--unmeasured)}
.bound{stroke:var(--ink);stroke-width:1.2px;stroke-dasharray:5 4}
.bad-mark{fill:none;stroke:var(--mark);stroke-width:1.6px}
.no-answer{fill:var(--card);stroke:var(--mark);stroke-width:1.6px}
.ribbon{fill:var(--pause)}
.ribbon.fault,.ribbon.injecting,.ribbon.undoing{fill:var(--fault)}.ribbon.baseline{fill:var(--baseline)}.ribbon.recovery{fill:var(--recovery)}
.hatch{stroke:var(--hatch);stroke-width:1.5px}
.shade{fill:var(--shade)}.shade.injecting,.shade.undoing{opacity:.55}
.phase.fault{font-weight:600}
.event{stroke:var(--soft);stroke-width:1px;stroke-dasharray:1 3}
.event.grave{stroke:var(--mark)}
.event.final{stroke:var(--ink);stroke-dasharray:none}
.event-number{font-variant-numeric:tabular-nums;font-weight:600}
.narrow{display:none}
.legend{display:flex;flex-wrap:wrap;gap:.35rem 1.25rem;padding:0;margin-top:1rem;list-style:none;font-size:.82rem;color:var(--soft)}
.legend li{display:flex;align-items:center;gap:.45rem}
@media (max-width:640px){.wide{display:none}.narrow{display:inline}}
`;
