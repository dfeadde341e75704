package org.accountsecurity.contest;

/** The account may begin no sensitive change, because one was contested and is being looked into; the message is for its holder. */
public class AccountRestrictedException extends Exception {

    AccountRestrictedException() {
        super("有人报告您账户的申请不是本人操作，核实期间不能注销账户或更换手机号。请联系客服核实身份。");
    }
}
