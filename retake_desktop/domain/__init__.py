"""The words of the trade: clip, span, retake, job, price, errors. Standard library only, no I/O."""
