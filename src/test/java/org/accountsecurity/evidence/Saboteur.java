package org.accountsecurity.evidence;

/** Of staff, who lets the holder go on until the point of no return, and then does one thing against the request. */
final class Saboteur implements Person {

    private final Holder holder = new Holder();
    private final Sabotage sabotage;
    private boolean done;

    Saboteur(Sabotage sabotage) {
        this.sabotage = sabotage;
    }

    @Override
    public void begin(Walk walk) {
        holder.begin(walk);
    }

    @Override
    public boolean act(Walk walk) {
        if (!done && walk.committed()) {
            done = true;
            sabotage.at(walk);
            return true;
        }
        return holder.act(walk);
    }
}
