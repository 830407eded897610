"""`python -m bench.paper`: how time and memory grow from 3,000 to 10,000 pages."""

import tempfile

from bench.paper.side_by_side import measure

SIZES = (1_450, 4_850)  # exhibits: about 3,000 and 10,000 pages


def main() -> None:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        measure("prepare", 0, folder)
        for number in SIZES:
            found.append(measure("cold", number, folder))
            print(number, found[-1], flush=True)
    small, large = found
    pages = large["pages"] - small["pages"]
    print(f"{(large['peak'] - small['peak']) * 1024 / pages:.1f} KiB more for each page")
    for one in found:
        print(f"{one['seconds'] / one['pages'] * 1000:.1f} ms for each of {one['pages']} pages")


if __name__ == "__main__":
    main()
