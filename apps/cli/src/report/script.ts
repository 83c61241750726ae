/** Shows one input at a time; arrow keys move, d switches between light and dark. Without scripts all inputs are there. */
export const script = `
const inputs=[...document.querySelectorAll(".input")],links=[...document.querySelectorAll("nav .thumb")];
if(inputs.length>1)document.documentElement.classList.add("js");
let current=0;
const show=(index,jump)=>{current=(index+inputs.length)%inputs.length;
inputs.forEach((input,i)=>input.classList.toggle("shown",i===current));
links.forEach((link,i)=>link.setAttribute("aria-current",i===current));
if(jump){history.replaceState(null,"","#input-"+current);inputs[current].focus({preventScroll:true})}};
const fromHash=()=>{const index=inputs.findIndex(({id})=>"#"+id===location.hash);show(index<0?0:index,false)};
addEventListener("hashchange",fromHash);fromHash();
addEventListener("keydown",event=>{if(event.ctrlKey||event.metaKey||event.altKey)return;
if(event.key==="ArrowRight")show(current+1,true);else if(event.key==="ArrowLeft")show(current-1,true);
else if(event.key==="d"){const root=document.documentElement,dark=root.dataset.theme?root.dataset.theme==="dark":matchMedia("(prefers-color-scheme:dark)").matches;root.dataset.theme=dark?"light":"dark"}});
`;
