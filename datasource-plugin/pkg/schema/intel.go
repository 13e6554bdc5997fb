package schema

// Intel are no columns of events: what the lists in force say of an event's source, looked up in the dictionary when a
// question comes. Filters, top lists and variables take their names like those of columns. `intel` hides the column of
// that name, which ingest does not fill.
var Intel = []Column{
	{"intel", Enum, "String", false, "whether the source is on a list: listed, not listed"},
	{"score", Number, "UInt8", false, "score of the source on the lists: 0 (not listed) to 100"},
	{"feed", Text, "String", false, "list that the source is on"},
	{"tag", Text, "String", false, "tag that a list gives the source"},
}

// Listed are the words of `intel` by their number.
var Listed = []string{"not listed", "listed"}

// FindIntel looks one of Intel up by its name.
func FindIntel(name string) (Column, bool) {
	for _, column := range Intel {
		if column.Name == name {
			return column, true
		}
	}
	return Column{}, false
}

// IsIntel tells a column of Intel from one of events.
func IsIntel(column Column) bool {
	found, ok := FindIntel(column.Name)
	return ok && found == column
}

// All are the columns of events, with those of Intel in place of the one that they hide.
func All() []Column {
	var all []Column
	for _, column := range Columns {
		if _, hidden := FindIntel(column.Name); !hidden {
			all = append(all, column)
		}
	}
	return append(all, Intel...)
}
