"""The law held against what is charged and imposed, and kept by its legal officer."""
