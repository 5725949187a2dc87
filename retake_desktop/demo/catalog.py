"""What the catalog calls answer about the one model that the demo service has."""

from typing import Any

from retake_desktop.domain.retake import MODEL_ID, Mode

BASE_PRICE_USD = 0.10
"""US dollars a second of the sent video, as LTX charges. Source: https://docs.ltx.video/pricing."""
CATEGORIES = ("video-to-video",)
_EXAMPLE = "https://playgrounds-storage-public.runcomfy.net/tools/7236/media-files/input-1-1.mp4"


def _number(title: str, description: str, default: float) -> dict[str, Any]:
    limits = {"minimum": 0, "maximum": 20, "default": default}
    return {"title": title, "description": description, "type": "float", **limits}


INPUT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Input",
    "required": ["prompt", "video_url"],
    "properties": {
        "video_url": {
            "title": "Video URL",
            "description": "The URL of the video to retake.",
            "type": "string",
            "default": _EXAMPLE,
        },
        "prompt": {"title": "Prompt", "description": "", "type": "string", "default": "Change the coat to red"},
        "start_time": _number("Start Time", "The start time of the video to retake in seconds.", 0),
        "duration": _number("Duration", "The duration of the video to retake in seconds.", 5),
        "retake_mode": {
            "title": "Retake Mode",
            "description": "The retake mode to use for the retake.",
            "type": "string",
            "enum": [mode.value for mode in (Mode.SOUND, Mode.PICTURE, Mode.PICTURE_AND_SOUND)],
            "default": Mode.PICTURE_AND_SOUND.value,
        },
    },
}


def model(with_schema: bool = True) -> dict[str, Any]:
    """The model's entry in the catalog."""
    entry: dict[str, Any] = {
        "model_id": MODEL_ID,
        "display_name": "LTX-2 Retake Video (demo on this computer)",
        "categories": list(CATEGORIES),
        "base_price_usd": BASE_PRICE_USD,
        "price_unit": "second",
        "pricing_note": "Pretend price: the demo service bills nothing.",
    }
    if with_schema:
        entry["input_schema"] = INPUT_SCHEMA
    return entry


def models(search: str, category: str, with_schema: bool, limit: int, offset: int) -> dict[str, Any]:
    """One page of the catalog, filtered like the hosted one."""
    entry = model(with_schema)
    words = f"{entry['model_id']} {entry['display_name']}".lower()
    found = [entry] if search.lower() in words and category in ("", *CATEGORIES) else []
    return {"models": found[offset : offset + limit], "total": len(found)}
