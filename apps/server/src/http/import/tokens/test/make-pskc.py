"""Makes a PSKC document with python-pskc of what standard input says in JSON: the other side of the tests of imports."""
import json
import sys

from pskc import PSKC

wanted = json.load(sys.stdin)
document = PSKC()
for key in wanted["keys"]:
    key["secret"] = bytes.fromhex(key["secret"])
    key["algorithm"] = "urn:ietf:params:xml:ns:keyprov:pskc:" + key["algorithm"]
    document.add_key(manufacturer="Acme", response_encoding="DECIMAL", **key)
encryption = wanted["encryption"]
if encryption is not None:
    document.mac.algorithm = encryption.pop("mac", None)
    if "password" in encryption:
        document.encryption.setup_pbkdf2(**encryption)
    else:
        document.encryption.setup_preshared_key(**{**encryption, "key": bytes.fromhex(encryption["key"])})
document.write(sys.stdout.buffer)
