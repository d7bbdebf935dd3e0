package replay_test
import ("testing";"time";"fmt";"strings"
"github.com/replaygen/replaygen/generator/diag"
"github.com/replaygen/replaygen/generator/replay")
func TestZZ(t *testing.T){
 N:=200000
 h:="# T\n## Round 1: R\n"
 rep:=func(s string)string{return strings.Repeat(s,N/len(s))}
 for name,text:=range map[string]string{
  "results":h+rep("[Result: x]\n"), "qresults":h+rep("> *[Result: x]*\n"), "labels":h+rep("What you see:\n"),"labels2":h+rep("x choose your action:\n"),
  "oneline labels":h+rep("x choose your action: - A) foo "),
  "bullets setup":"# T\n## Setup\n"+rep("Time: a - "), "lines setup":"# T\n## Setup\nA: b\n"+rep("Time: a\n"), "refs":"# T\n## Cross-References\n"+rep("[a](b) "), "refs2":"# T\n## Cross-References\n"+rep("- [a](b)\n"),
  "refs3":"# T\n## Cross-References\n"+func()string{s:="";for i:=0;i<10000;i++{s+=fmt.Sprintf("- [a](b%d)\n",i)};return s}(),
  "quotes":h+rep(">"), "nested lists":h+rep("- "), "brackets":h+"> *[Result: "+rep("["), "emph":h+rep("*a_"), "actions":h+"Actions: "+func()string{s:="";for i:=1;i<20000;i++{s+=fmt.Sprintf("%d. a ",i)};return s}(),
  "choices":h+"Choose your action: "+rep("- A) x - B) y "), "comments":h+rep("<!-- "), "comments2":h+rep("<!--\n\n"), "rounds":"# T\n"+func()string{s:="";for i:=1;i<8000;i++{s+=fmt.Sprintf("## Round %d: x\n",i)};return s}(),
  "outcomes":h+rep("### If you chose A\n> x\n"), "attrs":h+"- A) a\n### If you chose A {"+rep("a=b "), "sentences":h+"- A) a\n### If you chose A\n"+rep("Proceed to. leads. "), "code":h+rep("`a` "), "links":h+rep("[a](b "), "sections":rep("## Setup\n"), "numbers":"# T\n## Damage Report\n- Optimal: "+rep("5 minutes + "), "parens":"# T\n## Damage Report\n- Optimal: 5x"+rep("~"), "letters":h+"- A) a\n### If you chose "+rep("A, ")+"\n",
  "tables":h+rep("|a"), "tables2":h+"|a|\n|-|\n"+rep("|a|\n"), "entities":h+rep("&amp;"), "amps":h+rep("&"), "titles":rep("# T\n"),
 }{
  start:=time.Now()
  var l diag.List
  r:=replay.Parse(diag.NewSource("x.md",[]byte(text)),&l)
  p:=time.Since(start)
  l.Sorted()
  show(r,func(diag.Span){})
  if d:=time.Since(start); d>500*time.Millisecond{fmt.Println(name,p,d,len(text),l.Len())}
 }
}
