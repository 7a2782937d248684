# Fills a domain: run with the folder of the domain controller; reads users and groups in JSON from standard input.
import json
import sys
import ldb
from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

parameters = LoadParm()
parameters.load(sys.argv[1] + '/etc/smb.conf')
domain = SamDB(url=sys.argv[1] + '/private/sam.ldb', session_info=system_session(), lp=parameters)
# Past what the directory lets anybody else do: a password that was set in 2012.
bypass = 'local_oid:1.3.6.1.4.1.7165.4.3.12:0'
domain.set_pwdProperties('0')
domain.set_minPwdAge('0')
domain.set_minPwdLength('4')
domain.set_maxPwdAge(str(-42 * 24 * 3600 * 10**7))
policy = ldb.Message(ldb.Dn(domain, domain.domain_dn()))
policy['lockoutThreshold'] = ldb.MessageElement('3', ldb.FLAG_MOD_REPLACE, 'lockoutThreshold')
domain.modify(policy)


def change(name, attribute, value, controls=None):
    found = domain.search(base=domain.domain_dn(), scope=ldb.SCOPE_SUBTREE, expression='(sAMAccountName=%s)' % name)
    message = ldb.Message(found[0].dn)
    message[attribute] = ldb.MessageElement(value, ldb.FLAG_MOD_REPLACE, attribute)
    domain.modify(message, controls)


content = json.load(sys.stdin)
for user in content['users']:
    name = user['name']
    domain.newuser(name, user['password'])
    if 'principal' in user:
        change(name, 'userPrincipalName', user['principal'])
    state = user.get('state')
    if state == 'disabled':
        change(name, 'userAccountControl', '514')
    if state == 'must-change':
        change(name, 'pwdLastSet', '0')
    if state == 'password-expired':
        change(name, 'pwdLastSet', '130000000000000000', [bypass])
    if state == 'account-expired':
        change(name, 'accountExpires', '130000000000000000')
for group in content['groups']:
    domain.newgroup(group['name'])
# Only once all are there: a group may be a member of another.
for group in content['groups']:
    domain.add_remove_group_members(group['name'], group['members'])
    for name in group.get('primaryOf', []):
        found = domain.search(base=domain.domain_dn(), expression='(sAMAccountName=%s)' % group['name'], attrs=['primaryGroupToken'])
        change(name, 'primaryGroupID', str(found[0]['primaryGroupToken'][0]))
