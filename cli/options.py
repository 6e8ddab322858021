"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json")]
As = Annotated[str | None, typer.Option("--as", metavar="ADDRESS")]
PageNumber = Annotated[int, typer.Option("--page", metavar="N", min=1)]
PerPage = Annotated[int, typer.Option("--per-page", metavar="N", min=1, max=1000)]
Reason = Annotated[str | None, typer.Option("--reason")]
Region = Annotated[str | None, typer.Option("--region")]
State = Annotated[str | None, typer.Option("--state")]
Late = Annotated[bool, typer.Option("--late")]
Coordinator = Annotated[str | None, typer.Option("--coordinator")]
Kind = Annotated[str, typer.Option("--kind")]
NoticeId = Annotated[str | None, typer.Option("--notice", metavar="ID")]
Since = Annotated[str | None, typer.Option("--from", metavar="WHEN")]
Until = Annotated[str | None, typer.Option("--to", metavar="WHEN")]
SheetName = Annotated[str | None, typer.Option("--sheet", metavar="NAME")]
Output = Annotated[Path | None, typer.Option("--output", metavar="FILE")]
File = Annotated[Path, typer.Argument(metavar="FILE")]
Notice = Annotated[str, typer.Argument(metavar="NOTICE")]
Ref = Annotated[str, typer.Argument(metavar="REF")]
