package org.accountsecurity.deregistration.export;

/** How far a holder's copy is, and what the holder is told of it. */
enum ExportState {
    NONE("现在没有可以下载的备份。"),
    PACKING("正在打包，通常需要几秒钟。"),
    RETRYING("打包失败，系统正在重试。"),
    READY("已可下载。");

    private final String text;

    ExportState(String text) {
        this.text = text;
    }

    /** In Chinese. */
    String text() {
        return text;
    }
}
