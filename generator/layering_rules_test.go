package generator_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"
)

// goModule is what a go.mod file says, as far as the rules need it.
type goModule struct {
	Path     string
	Requires []string
}

// readModule reads the go.mod file of dir.
func readModule(dir string) (goModule, error) {
	cmd := exec.Command("go", "mod", "edit", "-json")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return goModule{}, fmt.Errorf("go mod edit -json: %w", err)
	}
	var file struct {
		Module  struct{ Path string }
		Require []struct{ Path string }
	}
	if err := json.Unmarshal(out, &file); err != nil {
		return goModule{}, err
	}
	m := goModule{Path: file.Module.Path}
	for _, r := range file.Require {
		m.Requires = append(m.Requires, r.Path)
	}
	return m, nil
}

// own returns the folder of one of the module's own packages, by import path.
func (m goModule) own(importPath string) (dir string, ok bool) {
	if importPath == m.Path {
		return ".", true
	}
	return strings.CutPrefix(importPath, m.Path+"/")
}

// provider returns the required module that holds the package, or "" for a
// package of the standard library. A module that go.mod does not name yet is
// reported as the package itself.
func (m goModule) provider(importPath string) string {
	longest := ""
	for _, r := range m.Requires {
		if (importPath == r || strings.HasPrefix(importPath, r+"/")) && len(r) > len(longest) {
			longest = r
		}
	}
	first, _, _ := strings.Cut(importPath, "/")
	if longest == "" && strings.Contains(first, ".") {
		return importPath
	}
	return longest
}

// goPackage is one package of the module, without its tests.
type goPackage struct {
	dir   string // relative to the module's root, with slashes
	fset  *token.FileSet
	files []*ast.File
}

// readPackages parses every package below fsys that has files besides tests.
func readPackages(fsys fs.FS) ([]goPackage, error) {
	byDir := map[string]*goPackage{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if hidden := strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_"); name != "." && (hidden || d.Name() == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		p := byDir[path.Dir(name)]
		if p == nil {
			p = &goPackage{dir: path.Dir(name), fset: token.NewFileSet()}
			byDir[p.dir] = p
		}
		f, err := parser.ParseFile(p.fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		p.files = append(p.files, f)
		return nil
	})
	packages := make([]goPackage, 0, len(byDir))
	for _, dir := range slices.Sorted(maps.Keys(byDir)) {
		packages = append(packages, *byDir[dir])
	}
	return packages, err
}

// imports returns the import paths of the package and one place of each.
func (p goPackage) imports() map[string]token.Position {
	places := map[string]token.Position{}
	for _, f := range p.files {
		for _, spec := range f.Imports {
			// The parser has accepted the literal, so it can be unquoted.
			importPath, _ := strconv.Unquote(spec.Path.Value)
			places[importPath] = p.fset.Position(spec.Pos())
		}
	}
	return places
}

// floorFaults reports packages without a floor and imports that do not go
// strictly downward.
func floorFaults(module goModule, floors map[string]int, packages []goPackage) []string {
	var faults []string
	for _, p := range packages {
		floor, ok := floors[p.dir]
		if !ok {
			faults = append(faults, fmt.Sprintf("package %s has no floor: give it one in generator/layering_test.go and generator/ARCHITECTURE.md", p.dir))
			continue
		}
		imports := p.imports()
		for _, importPath := range slices.Sorted(maps.Keys(imports)) {
			dir, own := module.own(importPath)
			if !own {
				continue
			}
			if below, known := floors[dir]; known && below >= floor {
				faults = append(faults, fmt.Sprintf("%s: %s (floor %d) imports %s (floor %d): imports go strictly downward",
					imports[importPath], p.dir, floor, dir, below))
			}
		}
	}
	return faults
}

// importerFaults reports third-party modules that more than one package imports.
func importerFaults(module goModule, packages []goPackage) []string {
	importers := map[string][]string{}
	for _, p := range packages {
		for importPath := range p.imports() {
			if _, own := module.own(importPath); own {
				continue
			}
			provider := module.provider(importPath)
			if provider != "" && !slices.Contains(importers[provider], p.dir) {
				importers[provider] = append(importers[provider], p.dir)
			}
		}
	}
	var faults []string
	for _, provider := range slices.Sorted(maps.Keys(importers)) {
		if dirs := importers[provider]; len(dirs) > 1 {
			faults = append(faults, fmt.Sprintf("module %s is imported by %s: one package imports it, the others ask that package",
				provider, strings.Join(dirs, " and ")))
		}
	}
	return faults
}

// packageFaults reports what no package may have: a name that says nothing,
// init functions, and state that outlives a call.
func packageFaults(p goPackage) []string {
	var faults []string
	if slices.Contains(vagueNames, path.Base(p.dir)) {
		faults = append(faults, fmt.Sprintf("package %s: name it after what it holds", p.dir))
	}
	for _, f := range p.files {
		for _, decl := range f.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.Name == "init" {
					faults = append(faults, fmt.Sprintf("%s: func init runs unseen: let the caller call it", p.fset.Position(d.Pos())))
				}
			case *ast.GenDecl:
				faults = append(faults, globalStateFaults(p.fset, d)...)
			}
		}
	}
	return faults
}

// globalStateFaults reports package variables that are there to be written: a
// map, a channel, or anything of sync or sync/atomic. Tables belong into a
// function or a switch.
func globalStateFaults(fset *token.FileSet, d *ast.GenDecl) []string {
	if d.Tok != token.VAR {
		return nil
	}
	var faults []string
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		for i, name := range v.Names {
			kind := mutableKind(v.Type)
			if kind == "" && i < len(v.Values) {
				kind = mutableKind(madeType(v.Values[i]))
			}
			if kind != "" {
				faults = append(faults, fmt.Sprintf("%s: package variable %s (%s): package state must not change, use a function or a switch",
					fset.Position(name.Pos()), name.Name, kind))
			}
		}
	}
	return faults
}

// madeType returns the type that an initial value visibly has: T for T{…},
// &T{…}, make(T), new(T). It returns nil where only a type checker could tell.
func madeType(value ast.Expr) ast.Expr {
	switch v := value.(type) {
	case *ast.CompositeLit:
		return v.Type
	case *ast.UnaryExpr:
		return madeType(v.X)
	case *ast.CallExpr:
		if fn, ok := v.Fun.(*ast.Ident); ok && (fn.Name == "make" || fn.Name == "new") && len(v.Args) > 0 {
			return v.Args[0]
		}
	}
	return nil
}

// mutableKind names the kind of a type that exists to be changed, or returns "".
func mutableKind(typ ast.Expr) string {
	switch t := typ.(type) {
	case *ast.MapType:
		return "map"
	case *ast.ChanType:
		return "channel"
	case *ast.StarExpr:
		return mutableKind(t.X)
	case *ast.IndexExpr: // atomic.Pointer[T]
		return mutableKind(t.X)
	case *ast.SelectorExpr:
		if pkg, ok := t.X.(*ast.Ident); ok && (pkg.Name == "sync" || pkg.Name == "atomic") {
			return pkg.Name + "." + t.Sel.Name
		}
	}
	return ""
}
