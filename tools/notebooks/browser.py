"""Debian's Chromium without a window, driven through the pipe of its DevTools protocol; nothing but the standard library."""

import base64
import json
import os
import shutil
import subprocess


class Browser:
    """One page. `with Browser() as page:` starts the program and ends it."""

    def __init__(self, width, scale):
        program = shutil.which("chromium")
        if program is None:
            raise SystemExit("error: chromium is missing; './wanlab test' installs it, on Debian: apt-get install chromium")
        (command_out, self._commands), (self._answers, answer_in) = os.pipe(), os.pipe()
        # The browser reads commands from descriptor 3 and answers on 4. Its sandbox does not work for root, which containers run as.
        arguments = [program, "--headless=new", "--remote-debugging-pipe", "--hide-scrollbars", "--no-first-run", "--disable-gpu",
                     "--autoplay-policy=no-user-gesture-required"] + ["--no-sandbox"] * (os.geteuid() == 0)
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec 3<&{command_out} 4>&{answer_in}; exec "$@"', "bash"] + arguments,
            pass_fds=(command_out, answer_in), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(command_out)
        os.close(answer_in)
        self._number, self._read, self._session = 0, b"", None
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=scale, mobile=False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()

    def open(self, address):
        self._call("Page.navigate", url=address)

    def run(self, script):
        """The value of an expression, or what its promise gives."""
        answer = self._call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def picture(self, x, y, width, height):
        """A part of the page as .png."""
        clip = {"x": x, "y": y, "width": width, "height": height, "scale": 1}
        return base64.b64decode(self._call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)["data"])

    def _call(self, method, **parameters):
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") != self._number:
                continue  # an event
            if "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']['message']}")
            return answer["result"]

    def _write(self, data):
        while data:
            data = data[os.write(self._commands, data):]

    def _next(self):
        while b"\0" not in self._read:
            more = os.read(self._answers, 1 << 16)
            if not more:
                raise RuntimeError("chromium ended")
            self._read += more
        answer, self._read = self._read.split(b"\0", 1)
        return json.loads(answer)
