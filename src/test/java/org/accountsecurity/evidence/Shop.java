package org.accountsecurity.evidence;

/** What is in the shop while somebody walks. */
enum Shop {
    QUIET,
    /** There are open items. */
    OWED,
    /** Data are added once the holder has consented to what is told of them. */
    GROWING
}
